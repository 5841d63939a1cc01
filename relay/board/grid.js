import { Card } from './cards.js';
import { html, useEffect, useLayoutEffect, useRef, useState } from './html.js';

/** Never more cards than this are in the page. */
const MOST_CARDS = 200;
const GAP = 16;
/** Rows above and below the window that are ready. */
const SPARE_ROWS = 2;

/** Measures that fit a width; the text of a card grows with the reader's letters. */
function measuresFor(width) {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const columns = Math.max(1, Math.floor((width + GAP) / (13.5 * rem + GAP)));
  const card = (width - GAP * (columns - 1)) / columns;
  const frame = Math.round(columns === 1 ? card * 0.8 : card);
  return { columns, frame, row: Math.round(frame + 8.75 * rem + GAP) };
}

/** Which rows are in the window, with some to spare. */
function rowsInWindow(element, { columns, row }) {
  const top = -element.getBoundingClientRect().top;
  const most = Math.floor(MOST_CARDS / columns);
  const first = Math.max(0, Math.floor(top / row) - SPARE_ROWS);
  const count = Math.ceil(innerHeight / row) + 1 + 2 * SPARE_ROWS;
  return { first, last: first + Math.min(most, count) };
}

/**
 * Cards in rows of one height, inside a normal scrolling page; only those near the window are drawn.
 * @param {{ tasks: object[], complete: boolean, now: number, onNearEnd: () => void }} props
 */
export function Grid({ tasks, complete, now, onNearEnd }) {
  const element = useRef();
  const [measures, setMeasures] = useState();
  const [rows, setRows] = useState({ first: 0, last: 0 });

  useLayoutEffect(() => {
    const measure = () => setMeasures(measuresFor(element.current.clientWidth));
    const observer = new ResizeObserver(measure);
    observer.observe(element.current);
    measure();
    return () => observer.disconnect();
  }, []);

  useLayoutEffect(() => {
    if (!measures) {
      return;
    }
    let frame = 0;
    const look = () => {
      frame = 0;
      const seen = rowsInWindow(element.current, measures);
      setRows((old) => (old.first === seen.first && old.last === seen.last ? old : seen));
    };
    const scrolled = () => {
      frame ||= requestAnimationFrame(look);
    };
    look();
    addEventListener('scroll', scrolled, { passive: true });
    addEventListener('resize', scrolled);
    return () => {
      cancelAnimationFrame(frame);
      removeEventListener('scroll', scrolled);
      removeEventListener('resize', scrolled);
    };
  }, [measures]);

  const { columns = 1, frame = 0, row = 0 } = measures ?? {};
  const height = Math.ceil(tasks.length / columns) * row;
  const first = rows.first * columns;
  const shown = measures ? tasks.slice(first, rows.last * columns) : [];
  const nearEnd = measures && (rows.last + 4) * columns >= tasks.length;

  useEffect(() => {
    if (nearEnd && !complete) {
      onNearEnd();
    }
  }, [nearEnd, complete, tasks.length]);

  return html`<div class="grid" ref=${element} style=${{ height: `${height}px` }}>
    <ul
      role="list"
      aria-label="Tasks, newest first"
      style=${{
        transform: `translateY(${rows.first * row}px)`,
        gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
        gridAutoRows: `${row - GAP}px`,
        '--frame': `${frame}px`,
      }}
    >
      ${shown.map(
        (task, at) =>
          html`<${Card}
            key=${`${task.connection}/${task.task_id}`}
            task=${task}
            now=${now}
            position=${first + at + 1}
            size=${complete ? tasks.length : -1}
          />`,
      )}
    </ul>
  </div>`;
}
