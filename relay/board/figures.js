import { Charts } from './charts.js';
import { useBoard } from './context.js';
import { lastDays } from './figures_data.js';
import { html, useEffect, useState } from './html.js';
import { SaveCsv } from './save_csv.js';
import { Tiles } from './tiles.js';

const RANGES = { week: ['Week', 7], month: ['Month', 30] };

/** A few buttons of which one is pressed. */
const Switch = ({ label, value, options, onChange }) =>
  html`<div class="switch" role="group" aria-label=${label}>
    ${options.map(
      ([key, name]) =>
        html`<button
          type="button"
          key=${key}
          aria-pressed=${key === value ? 'true' : 'false'}
          onClick=${() => onChange(key)}
        >
          ${name}
        </button>`,
    )}
  </div>`;

/** How many, how fast, what it cost, and what failed. */
export function Figures() {
  const { api, address, go, clients } = useBoard();
  const [group, setGroup] = useState('client');
  const [loaded, setLoaded] = useState();
  const [error, setError] = useState('');
  const { range, filter } = address;
  const connection = filter.client;
  useEffect(() => {
    const days = lastDays(RANGES[range][1]);
    let left = false;
    api
      .ask('figures', { query: { since: days[0], until: days.at(-1), connection } })
      .then((figures) => {
        if (!left) {
          setLoaded({ figures, days });
          setError('');
        }
      })
      .catch((problem) => !left && setError(problem.message));
    return () => {
      left = true;
    };
  }, [api, range, connection]);
  const setClient = (client) => go({ filter: { client } });
  return html`<div class="heading">
      <h1>Figures</h1>
      <${Switch}
        label="Range"
        value=${range}
        options=${Object.entries(RANGES).map(([key, [name]]) => [key, name])}
        onChange=${(key) => go({ range: key })}
      />
      <${Switch}
        label="Group"
        value=${group}
        options=${[['client', 'By Client'], ['model', 'By Model']]}
        onChange=${setGroup}
      />
      ${
        (clients.length > 1 || connection) &&
        html`<label class="field ${connection ? 'set' : ''}">
          <span class="hidden">Client</span>
          <select value=${connection} onChange=${({ target }) => setClient(target.value)}>
            <option value="">All Clients</option>
            ${clients.map(({ id, name }) => html`<option value=${id} key=${id}>${name}</option>`)}
          </select>
        </label>`
      }
      ${
        loaded &&
        html`<${SaveCsv} query=${{ connection, since: `${loaded.days[0]}T00:00:00.000Z` }} />`
      }
    </div>
    ${error && html`<div class="notice bad" role="alert"><p>${error}</p></div>`}
    ${!loaded && !error && html`<p class="empty">Loading…</p>`}
    ${
      loaded &&
      html`<${Tiles} figures=${loaded.figures} />
        <${Charts} figures=${loaded.figures} days=${loaded.days} group=${group} />
        <p class="quiet-text">Days are in UTC. Times are right within a tenth.</p>`
    }`;
}
