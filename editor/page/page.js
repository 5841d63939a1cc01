import { html, nothing, render } from 'lit-html';
import { formField } from './fields.js';
import { testResult } from './result.js';
import { onChange, open, start, state, test, useService } from './state.js';

const KINDS = { triggers: 'Triggers', creates: 'Actions', searches: 'Searches' };

const steps = () =>
  html`<nav>
    <label for="service">Connection</label>
    <select id="service" @change=${(event) => useService(event.target.value)}>
      ${state.services.map(({ key, name }) => html`<option value=${key}>${name}</option>`)}
    </select>
    ${state.kinds.map(
      ({ kind, steps }) => html`
        <h2>${KINDS[kind]}</h2>
        ${steps.map(
          (step) =>
            html`<button
              type="button"
              data-step=${`${kind}.${step.key}`}
              class=${kind === state.kind && step.key === state.step?.key ? 'chosen' : ''}
              @click=${() => open(kind, step)}
            >
              ${step.label}
            </button>`,
        )}
      `,
    )}
  </nav>`;

/** Groups are closed at first, as in the editor. */
const group = ({ key, label }) => {
  const fields = state.fields.filter((field) => field.group === key);
  return fields.length === 0
    ? nothing
    : html`<details data-group=${key}>
        <summary>${label} <span>${fields.length} fields</span></summary>
        ${fields.map(formField)}
      </details>`;
};

const form = () => {
  const groups = state.step.groups;
  const open = state.fields.filter(({ group }) => !groups.some(({ key }) => key === group));
  return html`<section>
    <h1>${state.step.label}</h1>
    <p class="description">${state.step.description}</p>
    ${open.map(formField)} ${groups.map(group)}
    <button type="button" id="test" ?disabled=${state.busy} @click=${test}>
      ${state.busy ? 'Testing…' : 'Test step'}
    </button>
    ${testResult()}
  </section>`;
};

onChange(() =>
  render(html`${steps()} ${state.step ? form() : nothing}`, document.getElementById('page')),
);
await start();
