import { useBoard, useClock } from './context.js';
import { ANY, isAny, queryOf } from './filter.js';
import { FilterBar } from './filter_bar.js';
import { count } from './format.js';
import { Grid } from './grid.js';
import { html, useEffect, useMemo, useState } from './html.js';
import { createTaskList } from './task_list.js';

/** The reader is no longer at the top. */
const SCROLLED = 160;

const Empty = ({ filter, go }) =>
  isAny(filter)
    ? html`<div class="empty">
        <h2>No tasks yet</h2>
        <p>
          Switch a Zap on that starts a task and uses this relay. Its pictures appear here by
          themselves.
        </p>
      </div>`
    : html`<div class="empty">
        <h2>No task fits these filters</h2>
        <p>Take a filter away, or look for fewer words.</p>
        <button type="button" class="main" onClick=${() => go({ filter: ANY })}>Clear Filters</button>
      </div>`;

/** The list of a filter, kept up to date. */
function useTaskList(api, filter, onLive) {
  const [, draw] = useState(0);
  const key = JSON.stringify(filter);
  const tasks = useMemo(() => {
    const load = (page) => api.ask('tasks', { query: { ...queryOf(filter), ...page } });
    return createTaskList(load, filter, () => draw((turn) => turn + 1));
  }, [api, key]);
  useEffect(() => {
    const hold = () => tasks.hold(scrollY > SCROLLED);
    hold();
    tasks.reload();
    addEventListener('scroll', hold, { passive: true });
    const off = onLive(({ task }) => (task ? tasks.receive(task) : tasks.reload()));
    return () => {
      removeEventListener('scroll', hold);
      off();
      tasks.close();
    };
  }, [tasks]);
  return tasks;
}

/** Tasks as cards. */
export function Tasks() {
  const { api, address, go, onLive, announce } = useBoard();
  const { filter } = address;
  const now = useClock();
  const { list, loadMore, retry } = useTaskList(api, filter, onLive);
  const { tasks, waiting, loaded, loading, complete, error } = list;

  useEffect(() => {
    if (waiting > 0) {
      announce(count(waiting, 'new task'));
    }
  }, [waiting]);

  const toTop = () => scrollTo({ top: 0 });
  return html`<h1 class="hidden">Tasks</h1>
    <${FilterBar} filter=${filter} tasks=${tasks} />
    ${
      waiting > 0 &&
      html`<button type="button" class="new main" onClick=${toTop}>
        ${count(waiting, 'New Task')}
      </button>`
    }
    ${
      error &&
      html`<div class="notice bad" role="alert">
        <p>${error}</p>
        <button type="button" onClick=${retry}>Try Again</button>
      </div>`
    }
    ${
      !loaded &&
      !error &&
      html`<div class="skeleton" aria-hidden="true">${[...'12345678'].map(() => html`<i></i>`)}</div>`
    }
    ${loaded && tasks.length === 0 && !error && html`<${Empty} filter=${filter} go=${go} />`}
    ${
      loaded &&
      tasks.length > 0 &&
      html`<${Grid} tasks=${tasks} complete=${complete} now=${now} onNearEnd=${loadMore} />`
    }
    <p class="list-end">
      ${loaded && loading && 'Loading…'}
      ${loaded && complete && tasks.length > 20 && `${count(tasks.length, 'task')}. That is all.`}
    </p>`;
}
