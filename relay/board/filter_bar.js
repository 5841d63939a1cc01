import { useBoard } from './context.js';
import { ANY, FILTERS, isAny, queryOf } from './filter.js';
import { title } from './format.js';
import { html, useEffect, useRef, useState } from './html.js';
import { Icon } from './icons.js';
import { SaveCsv } from './save_csv.js';

const STATES = [
  ['running', 'Running'],
  ['finished', 'Finished'],
  ['failed', 'Failed'],
  ['pending', 'Pending'],
  ['staged', 'Staged'],
  ['processing', 'Processing'],
];

/** Writing pauses for so long before the list is loaded. */
const PAUSE = 300;

function TextField({ label, hint = label, value, onChange, children, ...rest }) {
  const [text, setText] = useState(value);
  const timer = useRef();
  useEffect(() => setText(value), [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const write = ({ target }) => {
    setText(target.value);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onChange(target.value.trim()), PAUSE);
  };
  return html`<label class="field ${rest.class ?? ''} ${value ? 'set' : ''}">
    <span class="hidden">${label}</span>
    ${children}
    <input type="search" placeholder=${hint} value=${text} onInput=${write} spellcheck=${false} />
  </label>`;
}

const Choice = ({ label, value, options, onChange }) =>
  html`<label class="field ${value ? 'set' : ''}">
    <span class="hidden">${label}</span>
    <select value=${value} onChange=${({ target }) => onChange(target.value)}>
      <option value="">${label}</option>
      ${options.map(([key, name]) => html`<option value=${key} key=${key}>${name}</option>`)}
    </select>
  </label>`;

/** What there is to choose from: of the tasks that are loaded, of the newest, and the chosen. */
function useChoices(tasks, filter) {
  const { api } = useBoard();
  const [known, setKnown] = useState([]);
  useEffect(() => {
    // Without it there is less to choose from.
    api.ask('tasks/choices').then(
      ({ data }) => setKnown(data),
      () => setKnown([]),
    );
  }, [api]);
  const choices = (name) =>
    [...new Set([filter[name], ...known.concat(tasks).map((row) => row[name])])]
      .filter(Boolean)
      .sort()
      .map((key) => [key, title(key)]);
  return { operations: choices('operation'), models: choices('model') };
}

/** @param {{ filter: import('./filter.js').Filter, tasks: object[] }} props */
export function FilterBar({ filter, tasks }) {
  const { go, clients } = useBoard();
  const [open, setOpen] = useState(false);
  const { operations, models } = useChoices(tasks, filter);
  const set = (name) => (value) => go({ filter: { [name]: value } });
  const chosen = FILTERS.filter((name) => name !== 'words' && filter[name]).length;
  const byClient = clients.map(({ id, name }) => [id, name]);
  return html`<form
    class="filters"
    role="search"
    aria-label="Filter the tasks"
    onSubmit=${(event) => event.preventDefault()}
  >
    <${TextField} class="words" label="Search Prompts" value=${filter.words} onChange=${set('words')}>
      <${Icon} name="search" />
    <//>
    <button
      type="button"
      class="quiet more"
      aria-expanded=${open}
      aria-controls="choices"
      onClick=${() => setOpen(!open)}
    >
      <${Icon} name="filters" /> Filters${chosen > 0 ? ` (${chosen})` : ''}
    </button>
    <div id="choices" class="choices ${open ? 'open' : ''}">
      ${
        (clients.length > 1 || filter.client) &&
        html`<${Choice}
          label="Any Client"
          value=${filter.client}
          options=${byClient}
          onChange=${set('client')}
        />`
      }
      <${Choice} label="Any State" value=${filter.status} options=${STATES} onChange=${set('status')} />
      <${Choice}
        label="Any Operation"
        value=${filter.operation}
        options=${operations}
        onChange=${set('operation')}
      />
      <${Choice} label="Any Model" value=${filter.model} options=${models} onChange=${set('model')} />
      <${TextField}
        label="Reference Starts With"
        hint="Reference"
        value=${filter.reference}
        onChange=${set('reference')}
      />
      <label class="field day ${filter.day ? 'set' : ''}">
        <span>Day</span>
        <input
          type="date"
          value=${filter.day}
          onChange=${({ target }) => set('day')(target.value)}
        />
      </label>
      ${
        !isAny(filter) &&
        html`<button type="button" class="quiet" onClick=${() => go({ filter: ANY })}>
          <${Icon} name="close" /> Clear Filters
        </button>`
      }
      <${SaveCsv} query=${queryOf(filter)} />
    </div>
  </form>`;
}
