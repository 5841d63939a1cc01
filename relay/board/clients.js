import { useBoard, useClock } from './context.js';
import { ago, bytes, count, moment } from './format.js';
import { html, useState } from './html.js';
import { withoutClient } from './session.js';
import { ClientForm, OperatorForm } from './sign_in.js';

/** The operator gives a connection a name that everybody with it sees. */
function Naming({ connection }) {
  const { api, announce, refreshConnections } = useBoard();
  const [name, setName] = useState(connection.name);
  const [error, setError] = useState('');
  const save = async (event) => {
    event.preventDefault();
    try {
      const path = `connections/${encodeURIComponent(connection.id)}`;
      await api.ask(path, { method: 'PUT', body: { name: name.trim() } });
      setError('');
      announce('The name is saved.');
      refreshConnections();
    } catch (problem) {
      setError(problem.message);
    }
  };
  return html`<form class="inline" onSubmit=${save}>
    <label>
      <span class="hidden">Name of ${connection.id}</span>
      <input
        value=${name}
        maxlength="60"
        placeholder="Give It a Name"
        onInput=${({ target }) => setName(target.value)}
      />
    </label>
    <button type="submit" disabled=${name.trim() === connection.name}>Save</button>
    ${error && html`<p class="error-line" role="alert">${error}</p>`}
  </form>`;
}

function Connection({ id, known, now }) {
  const { session, setSession, nameOf } = useBoard();
  return html`<li class="client">
    <div>
      ${session.operator ? html`<${Naming} connection=${known} />` : html`<h2>${nameOf(id)}</h2>`}
      <p class="quiet-text">
        ${
          known
            ? html`${count(known.hooks, 'Zap')} on · ${count(known.events, 'event')} kept ·
                ${' '}${bytes(known.bytes)} · last heard
                <time datetime=${known.heard_at} title=${moment(known.heard_at)}>
                  ${' '}${ago(known.heard_at, now)}</time
                >`
            : 'The relay has not told about it yet.'
        }
      </p>
      ${session.operator && html`<p class="quiet-text"><code>${id}</code></p>`}
    </div>
    ${
      !session.operator &&
      html`<button
        type="button"
        aria-label=${`Sign Out of ${nameOf(id)}`}
        onClick=${() => setSession(withoutClient(session, id))}
      >
        Sign Out
      </button>`
    }
  </li>`;
}

/** Who is signed in, and who else can be. */
export function Clients({ error }) {
  const { session, setSession, connections } = useBoard();
  const now = useClock();
  const known = (id) => connections.find((connection) => connection.id === id);
  const ids = session.operator
    ? connections.map(({ id }) => id)
    : session.clients.map(({ id }) => id);
  const signOutOfAll = () => setSession({ clients: [], operator: '', accessToken: '' });
  return html`<div class="narrow"><h1>${session.operator ? 'All Clients of This Relay' : 'Clients'}</h1>
    ${error && html`<div class="notice bad" role="alert"><p>${error}</p></div>`}
    ${
      session.operator &&
      ids.length === 0 &&
      html`<div class="empty">
        <h2>No clients yet</h2>
        <p>A client appears here when a Zap that uses this relay is switched on.</p>
      </div>`
    }
    <ul class="plain clients" role="list">
      ${ids.map((id) => html`<${Connection} key=${id} id=${id} known=${known(id)} now=${now} />`)}
    </ul>
    ${
      !session.operator &&
      html`<div class="beside">
        <section class="panel">
          <h2>Add a Client</h2>
          <${ClientForm} label="Add Client" />
        </section>
        <section class="panel">
          <h2>I Run This Relay</h2>
          <${OperatorForm} />
        </section>
      </div>`
    }
    <p class="inline">
      ${
        session.operator &&
        html`<button type="button" onClick=${() => setSession({ ...session, operator: '' })}>
          Sign Out as Operator
        </button>`
      }
      ${
        session.clients.length > (session.operator ? 0 : 1) &&
        html`<button type="button" onClick=${signOutOfAll}>Sign Out of All</button>`
      }
    </p>
    </div>`;
}
