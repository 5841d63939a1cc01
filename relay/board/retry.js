import { useBoard } from './context.js';
import { instants } from './filter.js';
import { number } from './format.js';
import { html, useState } from './html.js';
import { Icon } from './icons.js';

/** Brings deliveries back, and tells how it went. @param {(outcome: object) => void} tell */
export function useRetry(tell) {
  const { api, announce, refreshAttention } = useBoard();
  const [busy, setBusy] = useState(false);
  const retry = async (body) => {
    setBusy(true);
    try {
      const { retried } = await api.ask('deliveries/retry', { method: 'POST', body });
      const words =
        retried === 1
          ? 'One delivery is on its way again.'
          : `${retried > 0 ? number(retried) : 'No'} deliveries are on their way again.`;
      tell({ words, bad: false });
      announce(words);
      refreshAttention();
    } catch (problem) {
      tell({ words: problem.message, bad: true });
    }
    setBusy(false);
  };
  return { busy, retry };
}

/** Brings back what was given up on one day, of one client or of all. */
export function ADay({ tell }) {
  const { clients } = useBoard();
  const { busy, retry } = useRetry(tell);
  const today = new Date().toLocaleDateString('sv');
  const [day, setDay] = useState(today);
  const [client, setClient] = useState('');
  const send = (event) => {
    event.preventDefault();
    retry({ ...(client && { connection: client }), ...instants(day) });
  };
  return html`<section class="panel">
    <h2>Bring a Day Back</h2>
    <p class="quiet-text">
      Everything of that day that could not be delivered is sent again, such as after an outage.
    </p>
    <form class="inline" onSubmit=${send}>
      <label>
        Day
        <input
          type="date"
          required
          max=${today}
          value=${day}
          onInput=${({ target }) => setDay(target.value)}
        />
      </label>
      ${
        clients.length > 1 &&
        html`<label>
          Client
          <select value=${client} onChange=${({ target }) => setClient(target.value)}>
            <option value="">All Clients</option>
            ${clients.map(({ id, name }) => html`<option value=${id} key=${id}>${name}</option>`)}
          </select>
        </label>`
      }
      <button type="submit" disabled=${busy}>
        <${Icon} name="again" /> ${busy ? 'Sending…' : 'Deliver the Day Again'}
      </button>
    </form>
  </section>`;
}
