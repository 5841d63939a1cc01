import { fits } from './filter.js';

const PAGE = 100;
const MOST = 1000;
const keyOf = ({ connection, task_id }) => `${connection}/${task_id}`;
/** As the relay orders them: by when they were heard of first. */
const newestFirst = (one, other) => Number(other.id) - Number(one.id);

/**
 * The tasks that fit a filter, newest first: pages are added as one scrolls, and what comes live is
 * merged in. While it is held (the reader has scrolled down), new tasks wait, so that nothing jumps.
 *
 * @param {(query: object) => Promise<{ data: object[], next: string | null }>} load
 * @param {import('./filter.js').Filter} filter
 * @param {() => void} onChange
 */
export function createTaskList(load, filter, onChange) {
  /** New ones, while they must not come in. */
  const waiting = new Set();
  const list = {
    tasks: [],
    get waiting() {
      return waiting.size;
    },
    loaded: false,
    loading: false,
    complete: false,
    error: '',
  };
  let next = null;
  let held = false;
  let closed = false;
  let reloading;
  let again = false;
  /** For each page on its way, which may be older, what came live meanwhile. */
  const buffers = new Set();

  const changed = () => closed || onChange();
  const insert = (task) => {
    const later = list.tasks.findIndex((one) => newestFirst(one, task) > 0);
    list.tasks = later < 0 ? [...list.tasks, task] : list.tasks.toSpliced(later, 0, task);
  };

  async function fetchPage(after) {
    const meanwhile = [];
    buffers.add(meanwhile);
    list.loading = true;
    changed();
    try {
      const page = await load({ limit: PAGE, body: false, after });
      list.error = '';
      return { ...page, meanwhile };
    } catch (error) {
      list.error = error.message;
      return undefined;
    } finally {
      buffers.delete(meanwhile);
      list.loading = buffers.size > 0;
    }
  }

  /** A page that is open for days keeps no more than it can show; the rest is loaded when it is wanted. */
  function forgetOldest() {
    if (list.tasks.length > MOST + PAGE) {
      list.tasks = list.tasks.slice(0, MOST);
      next = list.tasks.at(-1).id;
      list.complete = false;
    }
  }

  /** @param {object} task as it came live */
  function receive(task) {
    const at = list.tasks.findIndex((one) => keyOf(one) === keyOf(task));
    const fitting = fits(task, filter);
    if (at >= 0) {
      list.tasks = fitting || held ? list.tasks.with(at, task) : list.tasks.toSpliced(at, 1);
    } else if (fitting && held) {
      const oldest = list.tasks.at(-1);
      if (!oldest || newestFirst(oldest, task) > 0) {
        waiting.add(keyOf(task));
      }
    } else if (fitting) {
      const oldest = list.tasks.at(-1);
      // Older than what is loaded: it comes with its page.
      if (list.complete || !oldest || newestFirst(oldest, task) > 0) {
        insert(task);
        forgetOldest();
      }
    }
  }

  async function loadFirst() {
    const page = await fetchPage();
    if (page && held) {
      // What is shown stays in its place until the reader comes back to the top.
      page.data.forEach(receive);
      page.meanwhile.forEach(receive);
    } else if (page) {
      next = page.next;
      waiting.clear();
      Object.assign(list, {
        tasks: page.data,
        loaded: true,
        complete: page.next === null,
      });
      page.meanwhile.forEach(receive);
    }
    changed();
  }

  /** The first page again: at first, and after each connection, since events may have been missed. */
  async function reload() {
    again = true;
    reloading ??= (async () => {
      while (again && !closed) {
        again = false;
        await loadFirst();
      }
      reloading = undefined;
    })();
    await reloading;
  }

  async function loadMore() {
    if (list.loading || list.complete || !list.loaded || list.error) {
      return;
    }
    const from = next;
    const page = await fetchPage(from);
    // A reload came in between.
    if (page && from === next) {
      next = page.next;
      list.complete = next === null;
      const known = new Set(list.tasks.map(keyOf));
      list.tasks = [...list.tasks, ...page.data.filter((task) => !known.has(keyOf(task)))];
      page.meanwhile.forEach(receive);
    }
    changed();
  }

  /** Back at the top, the first page is loaded again, with all that has waited. */
  function hold(hold) {
    if (held === hold) {
      return;
    }
    held = hold;
    if (!held) {
      reload();
    }
  }

  return {
    list,
    reload,
    loadMore,
    hold,
    receive: (task) => {
      for (const buffer of buffers) {
        buffer.push(task);
      }
      if (list.loaded && !closed) {
        receive(task);
        changed();
      }
    },
    retry: () => {
      list.error = '';
      return list.loaded ? loadMore() : reload();
    },
    close: () => {
      closed = true;
    },
  };
}
