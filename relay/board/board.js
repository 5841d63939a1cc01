import { useAddress } from './address.js';
import { createApi } from './api.js';
import { Attention } from './attention.js';
import { Clients } from './clients.js';
import { BoardContext } from './context.js';
import { Figures } from './figures.js';
import { html, render, useCallback, useEffect, useMemo, useRef, useState } from './html.js';
import { listen } from './live.js';
import { Page } from './page.js';
import { readSession, tokenOf, watchSession, writeSession } from './session.js';
import { SignIn } from './sign_in.js';
import { Task } from './task.js';
import { Tasks } from './tasks.js';

/** The list of what needs somebody is asked for so often. */
const ATTENTION = 15_000;

function useSession() {
  const [session, setSession] = useState(readSession);
  useEffect(() => watchSession(setSession), []);
  const change = (next) => {
    writeSession(next);
    setSession(next);
  };
  return [session, change];
}

/** Tells every listener of tasks as they move. */
function useLive(api) {
  const listeners = useRef(new Set());
  const [state, setState] = useState('connecting');
  useEffect(() => {
    if (!api) {
      return;
    }
    const tell = (event) => {
      for (const listener of listeners.current) {
        listener(event);
      }
    };
    setState('connecting');
    return listen(api, {
      onTask: (task) => tell({ task }),
      onReady: () => {
        setState('live');
        tell({ ready: true });
      },
      onLost: () => setState('lost'),
    });
  }, [api]);
  const onLive = useCallback((listener) => {
    listeners.current.add(listener);
    return () => listeners.current.delete(listener);
  }, []);
  return { state, onLive };
}

/** Loads something from the relay, again when asked to. `every`: and by itself, in milliseconds. */
function useLoaded(api, load, every) {
  const [loaded, setLoaded] = useState({ data: undefined, error: '' });
  const current = useRef();
  current.current = api;
  const refresh = useCallback(async () => {
    // Whoever has signed in meanwhile must not see the answer to somebody else.
    const show = (change) => current.current === api && setLoaded(change);
    try {
      const { data } = await load(api);
      show({ data, error: '' });
    } catch (error) {
      show(({ data }) => ({ data, error: error.message }));
    }
  }, [api]);
  useEffect(() => {
    if (!api) {
      return;
    }
    setLoaded({ data: undefined, error: '' });
    refresh();
    const timer = every && setInterval(() => !document.hidden && refresh(), every);
    return () => clearInterval(timer);
  }, [api]);
  return { ...loaded, refresh };
}

/** The names of the clients: the reader's own, else the operator's. */
function useNames(session, connections) {
  const nameOf = (id) =>
    session.clients.find((client) => client.id === id)?.name ||
    connections.find((connection) => connection.id === id)?.name ||
    `Client ${id.slice(0, 6)}`;
  const ids = (session.operator ? connections : session.clients).map(({ id }) => id);
  return { nameOf, clients: ids.map((id) => ({ id, name: nameOf(id) })) };
}

function Board() {
  const [session, setSession] = useSession();
  const [address, go, closeTask] = useAddress();
  const [announcement, announce] = useState('');
  const token = tokenOf(session);
  const api = useMemo(() => token && createApi(token), [token]);
  const { state, onLive } = useLive(api);
  const known = useLoaded(api, (api) => api.connections(session.accessToken));
  const attention = useLoaded(api, (api) => api.ask('attention'), ATTENTION);
  const connections = known.data ?? [];

  const board = {
    api,
    session,
    setSession,
    address,
    go,
    connections,
    ...useNames(session, connections),
    announcement,
    announce,
    onLive,
    refreshAttention: attention.refresh,
    refreshConnections: known.refresh,
  };
  const views = {
    tasks: () => html`<${Tasks} />`,
    attention: () => html`<${Attention} matters=${attention.data} error=${attention.error} />`,
    figures: () => html`<${Figures} />`,
    clients: () => html`<${Clients} error=${known.error} />`,
  };
  const page = html`<${Page}
    address=${address}
    go=${go}
    live=${state}
    matters=${attention.data?.length ?? 0}
  >
    ${views[address.view]()}
  <//>`;
  return html`<${BoardContext.Provider} value=${board}>
    ${api ? page : html`<main><${SignIn} /></main>`}
    ${
      api &&
      address.task &&
      html`<${Task} key=${`${address.connection}/${address.task}`} onClose=${closeTask} />`
    }
    <p class="hidden" role="status">${announcement}</p>
  <//>`;
}

render(html`<${Board} />`, document.getElementById('board'));
