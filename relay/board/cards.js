import { formatAddress } from './address.js';
import { useBoard } from './context.js';
import { isRunning } from './filter.js';
import { ago, credits, duration, moment, percent, title } from './format.js';
import { html } from './html.js';
import { Icon } from './icons.js';
import { Picture, Written } from './picture.js';

const Failure = ({ task }) =>
  html`<div class="failure">
    <p class="kind"><${Icon} name="attention" /> ${title(task.error_kind || 'failed')}</p>
    <p class="reason">${task.error_message.slice(0, 300) || 'The service gives no reason.'}</p>
    <p class="advice">${task.advice.slice(0, 300)}</p>
  </div>`;

export const Progress = ({ task }) =>
  html`<div class="running">
    <span>${title(task.status)}${task.progress > 0 ? ` ${percent(task.progress / 100)}` : ''}</span>
    <progress max="100" value=${task.progress} aria-label="Progress"></progress>
  </div>`;

/** A click opens the task here; with a modifier key the browser opens its address elsewhere. */
const opens = (go, task) => (event) => {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) {
    return;
  }
  event.preventDefault();
  go({ task: task.task_id, connection: task.connection }, 'push');
};

/**
 * A task in the list.
 * @param {{ task: object, position: number, size: number, now: number }} props size: -1, not known
 */
export function Card({ task, position, size, now }) {
  const { address, go, nameOf, clients } = useBoard();
  const running = isRunning(task);
  const failed = task.status === 'failed';
  const target = { ...address, task: task.task_id, connection: task.connection };
  const words = task.prompt.slice(0, 300) || `${title(task.operation)} without a prompt`;
  return html`<li class="card" aria-posinset=${position} aria-setsize=${size}>
    <div class="frame">
      ${
        failed
          ? html`<${Failure} task=${task} />`
          : task.text && !task.picture
            ? html`<${Written} text=${task.text.slice(0, 400)} />`
            : html`<${Picture} src=${task.picture} alt="" running=${running} media=${task.media} />`
      }
      ${running && html`<${Progress} task=${task} />`}
      ${
        !running &&
        !failed &&
        task.media === 'video' &&
        task.picture &&
        html`<span class="badge-media"><${Icon} name="film" /> Video</span>`
      }
    </div>
    <div class="text">
      <a
        class="prompt"
        href=${formatAddress(target)}
        onClick=${opens(go, task)}
        >${words}</a
      >
      <p class="meta">
        <span class="reference">${title(task.operation)} · ${title(task.model)}</span>
        ${
          task.duration_seconds !== null &&
          html`<span class="took">${duration(task.duration_seconds)}</span>`
        }
      </p>
      <p class="meta">
        ${clients.length > 1 && html`<strong>${nameOf(task.connection)}</strong>`}
        ${task.reference && html`<span class="reference">${task.reference.slice(0, 100)}</span>`}
      </p>
      <p class="foot">
        <time datetime=${task.started_at} title=${moment(task.started_at)}
          >${ago(task.started_at, now)}</time
        >
        ${
          task.credits_used !== null &&
          html`<span>${credits(task.credits_used, task.credits_unit)}</span>`
        }
      </p>
    </div>
  </li>`;
}
