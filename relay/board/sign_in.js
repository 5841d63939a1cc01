import { ApiError, createApi } from './api.js';
import { useBoard } from './context.js';
import { html, useRef, useState } from './html.js';
import { canMakeTokens, MOST_CLIENTS, managementToken, withClient } from './session.js';

const UNKNOWN_KEY =
  'The relay knows no client with this key. Check that the key is complete, and that a Zap of this client has been switched on once.';

/** @returns the session with the client that has the key @throws {ApiError} */
async function addClient(session, { key, name, accessToken }) {
  const token = await managementToken(key);
  const { data } = await createApi(token).connections(accessToken);
  const [found] = data;
  if (!found) {
    throw new ApiError(404, 'unknown_key', UNKNOWN_KEY);
  }
  const again = session.clients.some(({ id }) => id === found.id);
  if (!again && session.clients.length >= MOST_CLIENTS) {
    throw new ApiError(
      400,
      'full',
      `The board shows ${MOST_CLIENTS} clients. Sign out of one first.`,
    );
  }
  const client = { id: found.id, name: name || found.name, token };
  return { ...withClient(session, client), accessToken };
}

/** @returns the session of whoever runs the relay @throws {ApiError} */
async function becomeOperator(session, { key, accessToken }) {
  const { operator } = await createApi(key).connections(accessToken);
  if (!operator) {
    throw new ApiError(401, 'unknown_key', 'This is not the operator token of this relay.');
  }
  return { ...session, operator: key, accessToken };
}

const explain = (error, asked, operator) => {
  if (error.code === 'access_token') {
    return asked
      ? 'The relay does not know this access token.'
      : 'This relay has an access token. Enter it as well; it is asked for once.';
  }
  if (error.status === 401) {
    return operator ? 'This is not the operator token of this relay.' : UNKNOWN_KEY;
  }
  return error.message;
};

/** Asks the relay who it is, and asks for the access token only where the relay wants it. */
function useSignIn(signIn, operator) {
  const { session, setSession, announce } = useBoard();
  const form = useRef();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState('');
  const [needsAccess, setNeedsAccess] = useState(false);
  const submit = async (event) => {
    event.preventDefault();
    const field = (name) => form.current.elements[name]?.value.trim() ?? '';
    setBusy(true);
    setError('');
    const accessToken = field('access') || session.accessToken;
    try {
      const next = await signIn(session, { key: field('key'), name: field('name'), accessToken });
      form.current.reset();
      announce('You are signed in.');
      setSession(next);
    } catch (problem) {
      setNeedsAccess(needsAccess || problem.code === 'access_token');
      setError(explain(problem, accessToken !== '', operator));
    }
    setBusy(false);
  };
  return { form, busy, error, needsAccess, submit };
}

const Secret = ({ name, label, help }) =>
  html`<label>
    ${label}
    <input type="password" name=${name} required autocomplete="off" spellcheck=${false} />
    ${help && html`<span class="quiet-text">${help}</span>`}
  </label>`;

const End = ({ error, needsAccess, busy, label }) =>
  html`${needsAccess && html`<${Secret} name="access" label="Access Token of the Relay" />`}
    ${error && html`<p class="error-line" role="alert">${error}</p>`}
    <button type="submit" class="main" disabled=${busy}>${busy ? 'Asking the Relay…' : label}</button>`;

/** A client's API key becomes a token here, and is forgotten. */
export function ClientForm({ label = 'Sign In' }) {
  const { form, busy, error, needsAccess, submit } = useSignIn(addClient, false);
  if (!canMakeTokens()) {
    return html`<p class="notice">
      Your browser can sign in only where the relay is opened with https, or as localhost. Open the
      board with https.
    </p>`;
  }
  return html`<form class="stack" ref=${form} onSubmit=${submit}>
    <label>
      Name
      <input name="name" autocomplete="off" maxlength="60" placeholder="Client A" />
    </label>
    <${Secret}
      name="key"
      label="API Key"
      help="The key of the Zapier connection. It stays in this browser only until a token is made of it, and is never sent."
    />
    <${End} error=${error} needsAccess=${needsAccess} busy=${busy} label=${label} />
  </form>`;
}

export function OperatorForm() {
  const { form, busy, error, needsAccess, submit } = useSignIn(becomeOperator, true);
  return html`<form class="stack" ref=${form} onSubmit=${submit}>
    <${Secret}
      name="key"
      label="Operator Token"
      help="It shows the tasks of all clients. It is kept in this browser until you sign out."
    />
    <${End} error=${error} needsAccess=${needsAccess} busy=${busy} label="Sign In as Operator" />
  </form>`;
}

/** The first page, for nobody yet. */
export const SignIn = () =>
  html`<div class="sign-in">
    <img src="board/icon.svg" alt="" width="56" height="56" />
    <h1>Midjourney Relay Board</h1>
    <p class="quiet-text">See your tasks as pictures, live, and what has become of each delivery.</p>
    <div class="panel"><${ClientForm} /></div>
    <details class="panel">
      <summary>I Run This Relay</summary>
      <${OperatorForm} />
    </details>
  </div>`;
