import { Asked } from './asked.js';
import { Progress } from './cards.js';
import { useBoard, useClock } from './context.js';
import { CopyButton } from './copy.js';
import { Deliveries, Events } from './deliveries.js';
import { isRunning } from './filter.js';
import { title } from './format.js';
import { html, useEffect, useLayoutEffect, useRef, useState } from './html.js';
import { Icon } from './icons.js';
import { Results } from './results.js';

/** Deliveries do not come live. */
const LOOK_AGAIN = 5000;

/** Pretty where it is JSON, as it came otherwise. */
function pretty(body) {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

function Details({ detail, load }) {
  const { nameOf } = useBoard();
  const now = useClock();
  const { task, events, deliveries, body } = detail;
  const pictured = task.status !== 'failed' || task.links.length > 0;
  const asked = html`<${Asked} task=${task} nameOf=${nameOf} />`;
  return html`<div class="task-body">
    <div class="task-media">
      ${
        task.status === 'failed' &&
        html`<div class="notice bad">
          <p><strong>${title(task.error_kind || 'failed')}.</strong> ${task.error_message}</p>
          ${task.advice && html`<p>${task.advice}</p>`}
        </div>`
      }
      ${isRunning(task) && html`<${Progress} task=${task} />`}
      ${pictured ? html`<${Results} task=${task} />` : asked}
    </div>
    <div class="task-facts">
      ${pictured && asked}
      <section><h3>Events</h3><${Events} events=${events} now=${now} /></section>
      <section>
        <h3>Deliveries</h3>
        <${Deliveries} deliveries=${deliveries} onRetried=${load} />
      </section>
      ${
        body &&
        html`<details>
          <summary>Raw Body of the Newest Event</summary>
          <${CopyButton} text=${body} label="Copy Body" />
          <pre tabindex="0" role="region" aria-label="Raw body">${pretty(body)}</pre>
        </details>`
      }
    </div>
  </div>`;
}

/** Loads a task, and again when it moves and while deliveries wait. */
function useTask(api, connection, id, onLive) {
  const [detail, setDetail] = useState();
  const [error, setError] = useState('');
  const path = `connections/${encodeURIComponent(connection)}/tasks/${encodeURIComponent(id)}`;
  const latest = useRef(0);
  const load = async () => {
    latest.current += 1;
    const turn = latest.current;
    // An answer that was on its way for longer than the one after it is older.
    const show = (detail, error) => {
      if (turn === latest.current) {
        setDetail((before) => detail ?? before);
        setError(error);
      }
    };
    try {
      show(await api.ask(path), '');
    } catch (problem) {
      show(undefined, problem.message);
    }
  };
  useEffect(() => {
    load();
    return onLive(({ task, ready }) => {
      if (ready || (task.task_id === id && task.connection === connection)) {
        load();
      }
    });
  }, [api, path]);
  const waits = detail?.deliveries.some(({ state }) => state === 'waiting');
  useEffect(() => {
    const timer = waits && setInterval(() => !document.hidden && load(), LOOK_AGAIN);
    return () => clearInterval(timer);
  }, [waits, path]);
  return { detail, error, load };
}

/** The open task, over the page. @param {{ onClose: () => void }} props */
export function Task({ onClose }) {
  const { api, address, onLive, announcement } = useBoard();
  const element = useRef();
  const { detail, error, load } = useTask(api, address.connection, address.task, onLive);
  useLayoutEffect(() => {
    const dialog = element.current;
    dialog.showModal();
    // Closed while it is still in the page, the focus goes back to where it was.
    return () => dialog.close();
  }, []);
  const task = detail?.task;
  const close = () => element.current.close();
  const outside = (event) => event.target === element.current && close();
  // Also after Esc; not when it leaves the page because the address has changed.
  const closed = ({ target }) => target.isConnected && onClose();
  return html`<dialog
    ref=${element}
    class="task"
    aria-labelledby="task-title"
    onClose=${closed}
    onClick=${outside}
  >
    <div class="task-inside">
      <header>
        <h2 id="task-title">${task ? title(task.operation) : 'Task'}</h2>
        ${task && html`<span class="state ${task.status}">${title(task.status)}</span>`}
        <button type="button" class="quiet close" onClick=${close}>
          <${Icon} name="close" /> Close
        </button>
      </header>
      ${error && html`<div class="notice bad" role="alert"><p>${error}</p></div>`}
      ${!detail && !error && html`<p class="empty">Loading…</p>`}
      ${detail && html`<${Details} detail=${detail} load=${load} />`}
      <p class="hidden" role="status">${announcement}</p>
    </div>
  </dialog>`;
}
