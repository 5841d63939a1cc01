import { CopyButton } from './copy.js';
import { credits, duration, moment, service, title } from './format.js';
import { html } from './html.js';

const Fact = ({ name, children }) => html`<div><dt>${name}</dt><dd>${children}</dd></div>`;

/** What a task was started with, and what it took. */
export const Asked = ({ task, nameOf }) =>
  html`<section>
    <h3>What Was Asked</h3>
    <p class="full-prompt">${task.prompt || 'No prompt.'}</p>
    ${task.prompt && html`<${CopyButton} text=${task.prompt} label="Copy Prompt" />`}
    <dl class="facts">
      <${Fact} name="Client">${nameOf(task.connection)}<//>
      <${Fact} name="Model">${title(task.model)}<//>
      <${Fact} name="Service">${service(task.service)}<//>
      ${task.reference && html`<${Fact} name="Reference">${task.reference}<//>`}
      <${Fact} name="Started">${moment(task.started_at)}<//>
      ${task.ended_at && html`<${Fact} name="Ended">${moment(task.ended_at)}<//>`}
      ${
        task.duration_seconds !== null &&
        html`<${Fact} name="Took">${duration(task.duration_seconds)}<//>`
      }
      ${
        task.credits_used !== null &&
        html`<${Fact} name="Credits">${credits(task.credits_used, task.credits_unit)}<//>`
      }
      <${Fact} name="Task ID">
        <code>${task.task_id}</code> <${CopyButton} text=${task.task_id} label="Copy ID" />
      <//>
    </dl>
  </section>`;
