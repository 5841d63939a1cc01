import { Chart } from './chart.js';
import { useBoard } from './context.js';
import { byDay, byGroup, totals } from './figures_data.js';
import { count, dayName, duration, number, percent, shortDay, title } from './format.js';
import { html } from './html.js';

/**
 * @param {object} props
 * @param {object} props.figures as the relay has them
 * @param {string[]} props.days
 * @param {'client' | 'model'} props.group what a colour stands for
 */
export function Charts({ figures, days, group }) {
  const { nameOf } = useBoard();
  const groupOf = group === 'client' ? (row) => nameOf(row.connection) : (row) => title(row.model);
  const x = { first: 'Day', days: days.map(shortDay), longDays: days.map(dayName) };
  const units = [...totals(figures.days).credits.keys()];
  const failed = figures.failures.reduce((sum, { tasks }) => sum + tasks, 0);
  const failures = figures.failures.toSorted((one, other) => other.tasks - one.tasks);
  const percentiles = (rows) => [
    { label: 'Half are faster than', values: byDay(days, rows, 'p50') },
    { label: `${percent(0.95)} are faster than`, values: byDay(days, rows, 'p95') },
  ];
  return html`<div class="charts">
    <${Chart}
      name="Tasks a Day"
      empty="No tasks in these days."
      chart=${{
        ...x,
        kind: 'stacked',
        series: byGroup(days, figures.days, groupOf, ({ tasks }) => tasks),
        format: number,
      }}
    />
    ${(units.length > 0 ? units : ['']).map(
      (unit) =>
        html`<${Chart}
          key=${unit}
          name=${`Credits a Day${unit && unit !== 'credits' ? `, in ${unit}` : ''}`}
          empty="The services told of no credits in these days."
          chart=${{
            ...x,
            kind: 'stacked',
            series: byGroup(
              days,
              figures.days.filter((row) => row.credits_unit === unit),
              groupOf,
              (row) => row.credits,
            ),
            format: number,
          }}
        />`,
    )}
    <${Chart}
      name="Why Tasks Failed"
      note=${
        failed > 0 &&
        `The share of each kind, of ${count(failed, 'task')}. Most often: ${title(failures[0].kind)}.`
      }
      empty="No task failed in these days."
      chart=${{
        kind: 'rows',
        first: 'Kind',
        days: failures.map(({ kind }) => title(kind)),
        series: [{ label: 'Share', values: failures.map(({ tasks }) => tasks / failed) }],
        format: percent,
      }}
    />
    <${Chart}
      name="From Start to End"
      note="How long tasks take."
      empty="No task ended in these days."
      chart=${{ ...x, kind: 'lines', series: percentiles(figures.times), format: duration }}
    />
    <${Chart}
      name="Delay of Deliveries"
      note="From the event to the Zap's answer, as long as events are kept."
      empty="Nothing was delivered in these days."
      chart=${{ ...x, kind: 'lines', series: percentiles(figures.deliveries.days), format: duration }}
    />
    <${Chart}
      name="Deliveries a Day"
      empty="Nothing was delivered in these days."
      chart=${{
        ...x,
        kind: 'stacked',
        series: [
          {
            label: 'Delivered',
            values: byDay(days, figures.deliveries.days, 'delivered').map((value) => value ?? 0),
          },
        ],
        format: number,
      }}
    />
  </div>`;
}
