import { html, nothing } from 'lit-html';
import { unsafeHTML } from '/lib/directives/unsafe-html.js';
import { marked } from '/lib/marked.js';
import { fill, loadChoices, state } from './state.js';

const CUSTOM = '\u0000custom';

const markdown = (text) => unsafeHTML(marked.parseInline(text ?? ''));

const listOf = (field) => {
  if (Array.isArray(field.choices)) {
    return field.choices.map((one) => ({ id: one.value ?? one, label: one.label ?? one }));
  }
  return state.choices[field.key]?.results ?? [];
};

/** A dropdown that takes any other value too, as all of the editor's do. */
function dropdown(field) {
  const value = state.inputData[field.key] ?? '';
  const list = listOf(field);
  const isDynamic = !Array.isArray(field.choices);
  const isCustom = value !== '' && !list.some(({ id }) => String(id) === String(value));
  const load = () => isDynamic && !state.choices[field.key] && loadChoices(field);
  return html`
    <select
      id=${field.key}
      @focus=${load}
      @mousedown=${load}
      @change=${(event) => fill(field, event.target.value === CUSTOM ? ' ' : event.target.value)}
    >
      <option value="" ?selected=${value === ''}>Choose value…</option>
      ${list.map(
        ({ id, label }) =>
          html`<option value=${id} ?selected=${String(id) === String(value)}>${label}</option>`,
      )}
      <option value=${CUSTOM} ?selected=${isCustom}>Custom value…</option>
    </select>
    ${isCustom ? textInput(field, `${field.key} custom`) : nothing}
    ${
      isDynamic && state.choices[field.key]?.paging_token
        ? html`<button type="button" @click=${() => loadChoices(field)}>Load more</button>`
        : nothing
    }
  `;
}

function textInput(field, id = field.key) {
  const value = String(state.inputData[field.key] ?? '').trim();
  return html`<input
    id=${id}
    .value=${value}
    placeholder=${field.placeholder ?? ''}
    @change=${(event) => fill(field, event.target.value)}
  />`;
}

/** One entry a line. */
function list(field) {
  const value = [state.inputData[field.key] ?? []].flat().join('\n');
  const entries = (text) => text.split('\n').filter((line) => line.trim() !== '');
  return html`<textarea
    id=${field.key}
    rows="2"
    .value=${value}
    placeholder=${field.placeholder ?? 'One in each line'}
    @change=${(event) => fill(field, entries(event.target.value))}
  ></textarea>`;
}

function longText(field) {
  return html`<textarea
    id=${field.key}
    rows="3"
    .value=${state.inputData[field.key] ?? ''}
    placeholder=${field.placeholder ?? ''}
    @change=${(event) => fill(field, event.target.value)}
  ></textarea>`;
}

/** Line items: a row for each, and an empty one at the end. */
function rows(field) {
  const filled = [state.inputData[field.key] ?? []].flat();
  const all = [...filled, {}];
  const change = (place, key, text) => {
    const changed = all.map((row, index) => (index === place ? { ...row, [key]: text } : row));
    fill(
      field,
      changed.filter((row) => Object.values(row).some((part) => part !== '')),
    );
  };
  return html`${all.map(
    (row, place) => html`<fieldset>
      ${field.children.map(
        (child) => html`<label>
          ${child.label}${child.required ? html`<b class="required">required</b>` : nothing}
          <input
            .value=${row[child.key] ?? ''}
            placeholder=${(child.choices ?? []).map(({ label }) => label).join(', ')}
            @change=${(event) => change(place, child.key, event.target.value)}
          />
        </label>`,
      )}
    </fieldset>`,
  )}`;
}

const YES_OR_NO = [
  { value: 'true', label: 'True' },
  { value: 'false', label: 'False' },
];

function control(field) {
  if (field.children) {
    return rows(field);
  }
  if (field.list && !field.choices) {
    return list(field);
  }
  if (field.choices || field.type === 'boolean') {
    return dropdown(field.type === 'boolean' ? { ...field, choices: YES_OR_NO } : field);
  }
  return field.type === 'text' || field.type === 'json' ? longText(field) : textInput(field);
}

export function formField(field) {
  if (field.type === 'copy') {
    return html`<p class="notice">${markdown(field.helpText)}</p>`;
  }
  return html`<div class="field" data-key=${field.key}>
    <label for=${field.key}>
      ${field.label}${field.required ? html`<b class="required">required</b>` : nothing}
    </label>
    ${control(field)}
    <p class="help">${markdown(field.helpText ?? field.children?.[0]?.helpText)}</p>
  </div>`;
}
