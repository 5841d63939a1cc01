import { ANY, FILTERS } from './filter.js';
import { useEffect, useState } from './html.js';

const VIEWS = ['tasks', 'attention', 'figures', 'clients'];

/**
 * What the page's address says: the view, the filter and the open task.
 * @typedef {{ view: string, filter: import('./filter.js').Filter, task: string, connection: string,
 *   range: string }} Address
 * @returns {Address}
 */
function parseAddress(search) {
  const query = new URLSearchParams(search);
  const of = (name) => query.get(name) ?? '';
  const view = VIEWS.includes(of('view')) ? of('view') : 'tasks';
  return {
    view,
    filter: { ...ANY, ...Object.fromEntries(FILTERS.map((name) => [name, of(name)])) },
    range: of('range') === 'month' ? 'month' : 'week',
    task: of('task'),
    connection: of('connection'),
  };
}

/** @param {Address} address */
export function formatAddress({ view, filter, range, task, connection }) {
  const query = new URLSearchParams();
  const set = (name, value) => value && query.set(name, value);
  set('view', view === 'tasks' ? '' : view);
  for (const name of FILTERS) {
    set(name, filter[name]);
  }
  set('range', range === 'week' ? '' : range);
  if (task) {
    set('task', task);
    set('connection', connection);
  }
  return `${location.pathname}${query.size > 0 ? `?${query}` : ''}`;
}

/**
 * The address, and how to change it. `push` makes a step that Back undoes. A change of the
 * filter leaves its other parts as they are.
 * @returns {[Address, (change: object, how?: 'push' | 'replace') => void, () => void]}
 */
export function useAddress() {
  const [address, setAddress] = useState(() => parseAddress(location.search));
  useEffect(() => {
    const back = () => setAddress(parseAddress(location.search));
    addEventListener('popstate', back);
    return () => removeEventListener('popstate', back);
  }, []);
  const go = (change, how = 'replace') => {
    const now = parseAddress(location.search);
    const next = { ...now, ...change, filter: { ...now.filter, ...change.filter } };
    if (how === 'push') {
      history.pushState({ opened: true }, '', formatAddress(next));
    } else {
      history.replaceState(history.state, '', formatAddress(next));
    }
    setAddress(next);
  };
  /** A task that was opened here is closed by going back, so that Back does not open it again. */
  const closeTask = () => {
    if (history.state?.opened) {
      history.back();
    } else {
      go({ task: '', connection: '' });
    }
  };
  return [address, go, closeTask];
}
