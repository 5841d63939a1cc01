import { useBoard, useClock } from './context.js';
import { ANY } from './filter.js';
import { ago, moment } from './format.js';
import { html, useState } from './html.js';
import { Icon } from './icons.js';
import { ADay, useRetry } from './retry.js';

const KINDS = {
  dead_letters: 'Could Not Be Delivered',
  failing_hook: 'A Zap Does Not Answer',
  overdue_tasks: 'Tasks Without an End',
  over_quota: 'Over a Quota',
};

/** Where the matter can be looked at. */
function lookAt({ kind, connection, subject, count }) {
  const filter = { ...ANY, client: connection };
  if (kind === 'overdue_tasks') {
    return count === 1 && subject
      ? { label: 'Open the Task', change: { task: subject, connection } }
      : {
          label: 'Show Running Tasks',
          change: { view: 'tasks', filter: { ...filter, status: 'running' } },
        };
  }
  return undefined;
}

function Matter({ matter, now, tell }) {
  const { go, nameOf } = useBoard();
  const { busy, retry } = useRetry(tell);
  const { kind, connection, subject, hook_id, message, advice, since, can_retry } = matter;
  const look = lookAt(matter);
  const bringBack = () => retry({ connection, hook_id });
  return html`<li class="matter ${kind}">
    <div class="mark"><${Icon} name="attention" /></div>
    <div>
      <h2>${KINDS[kind] ?? kind}</h2>
      <p class="quiet-text">
        <strong>${nameOf(connection)}</strong>
        ${subject && kind !== 'over_quota' && html` · ${subject}`} · since
        <time datetime=${since} title=${moment(since)}> ${ago(since, now)}</time>
      </p>
      <p>${message}</p>
      <p class="advice">${advice}</p>
    </div>
    <div class="actions">
      ${
        can_retry &&
        html`<button type="button" class="main" disabled=${busy} onClick=${bringBack}>
          <${Icon} name="again" />
          ${busy ? 'Sending…' : kind === 'dead_letters' ? `Deliver ${matter.count} Again` : 'Deliver Now'}
        </button>`
      }
      ${
        look &&
        html`<button type="button" onClick=${() => go(look.change, 'push')}>${look.label}</button>`
      }
    </div>
  </li>`;
}

/** What needs somebody. @param {{ matters?: object[], error: string }} props */
export function Attention({ matters, error }) {
  const now = useClock();
  const [outcome, tell] = useState();
  return html`<div class="narrow"><h1>What Needs Somebody</h1>
    ${error && html`<div class="notice bad" role="alert"><p>${error}</p></div>`}
    ${
      outcome &&
      html`<div class="notice outcome ${outcome.bad ? 'bad' : 'good'}" role=${outcome.bad ? 'alert' : undefined}>
        <p>${outcome.words}</p>
      </div>`
    }
    ${!matters && !error && html`<p class="empty">Loading…</p>`}
    ${
      matters?.length === 0 &&
      html`<div class="empty">
        <h2>Nothing needs you</h2>
        <p>Every delivery has arrived or is on its way. This list looks again by itself.</p>
      </div>`
    }
    ${
      matters?.length > 0 &&
      html`<ul class="plain matters" role="list">
        ${matters.map((matter) => html`<${Matter} key=${matter.id} matter=${matter} now=${now} tell=${tell} />`)}
      </ul>`
    }
    <${ADay} tell=${tell} />
    </div>`;
}
