import { useBoard } from './context.js';
import { ago, count, moment, percent } from './format.js';
import { html, useState } from './html.js';
import { Icon } from './icons.js';

/** What each state means, for people. */
const STATES = {
  waiting: ['Waiting', 'It is delivered soon, or tried again.'],
  delivered: ['Delivered', 'The Zap has it.'],
  dead: ['Given Up', 'Every attempt failed.'],
  ended: ['Zap Off', 'The Zap was switched off first.'],
  overtaken: ['Overtaken', 'A newer event of the task came first.'],
};

const EVENTS = { 'task.finished': 'Task Finished', 'task.progress': 'Task Progress' };

function Delivery({ delivery, onRetried }) {
  const { api, announce, refreshAttention } = useBoard();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState('');
  const [name, meaning] = STATES[delivery.state] ?? [delivery.state, ''];
  const retry = async () => {
    setBusy(true);
    setError('');
    try {
      await api.ask(`deliveries/${encodeURIComponent(delivery.id)}/retry`, { method: 'POST' });
      announce('It is on its way again.');
      refreshAttention();
      await onRetried();
    } catch (problem) {
      setError(problem.message);
    }
    setBusy(false);
  };
  return html`<li class="delivery">
    <div class="row">
      <span class="state ${delivery.state}" title=${meaning}>${name}</span>
      <strong>${delivery.host}</strong>
      <span class="quiet-text">${EVENTS[delivery.event] ?? delivery.event}</span>
      ${delivery.hook_id === null && html`<span class="quiet-text">to a step that waits</span>`}
    </div>
    <p class="quiet-text">
      ${count(delivery.attempts, 'attempt')}, made
      <time datetime=${delivery.created_at}> ${moment(delivery.created_at)}</time>
      ${
        delivery.settled_at &&
        html`, settled
          <time datetime=${delivery.settled_at}> ${moment(delivery.settled_at)}</time>`
      }
    </p>
    ${
      delivery.answer &&
      html`<p class="answer"><span class="quiet-text">The Zap answered</span> ${delivery.answer}</p>`
    }
    ${
      delivery.can_retry &&
      html`<button type="button" class="main small" disabled=${busy} onClick=${retry}>
        <${Icon} name="again" /> ${busy ? 'Sending…' : 'Deliver Again'}
      </button>`
    }
    ${error && html`<p class="error-line" role="alert">${error}</p>`}
  </li>`;
}

/** @param {{ deliveries: object[], onRetried: () => Promise<void> }} props */
export const Deliveries = ({ deliveries, onRetried }) =>
  deliveries.length === 0
    ? html`<p class="quiet-text">
        None. No Zap was waiting for this task: switch on a Zap with Task Finished or Task Progress.
      </p>`
    : html`<ul class="plain" role="list">
        ${deliveries.map(
          (delivery) =>
            html`<${Delivery} key=${delivery.id} delivery=${delivery} onRetried=${onRetried} />`,
        )}
      </ul>`;

/** @param {{ events: object[], now: number }} props */
export const Events = ({ events, now }) =>
  events.length === 0
    ? html`<p class="quiet-text">The service has sent nothing about this task yet.</p>`
    : html`<ol class="events">
        ${events.map(
          ({ id, status, progress, received_at }) =>
            html`<li key=${id} class=${status}>
              <span class="event">${status}${progress > 0 && progress < 100 ? ` ${percent(progress / 100)}` : ''}</span>
              <time datetime=${received_at} title=${ago(received_at, now)}>${moment(received_at)}</time>
            </li>`,
        )}
      </ol>`;
