import { useMedia } from './context.js';
import { html, useEffect, useRef, useState } from './html.js';

/** The library is loaded with the first chart. */
const plots = () => import('./plots.js');

/** Draws anew for new values, another width and another colour scheme. */
function usePlot(chart, onPoint) {
  const element = useRef();
  const dark = useMedia('(prefers-color-scheme: dark)');
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const observer = new ResizeObserver(([{ contentRect }]) =>
      setWidth(Math.floor(contentRect.width)),
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  const key = JSON.stringify([chart.days, chart.series]);
  useEffect(() => {
    let plot;
    let left = false;
    if (width > 0) {
      plots().then(({ draw }) => {
        plot = left ? undefined : draw(element.current, { ...chart, width, onPoint });
      });
    }
    return () => {
      left = true;
      plot?.destroy();
    };
  }, [width, dark, key]);
  return element;
}

/** What each colour is, and the values of the day under the pointer. */
const Legend = ({ chart, at }) =>
  html`<ul class="legend" role="list">
    ${chart.series.map(
      ({ label, values }, index) =>
        html`<li key=${label}>
          <i class="swatch" style=${{ background: `var(--series-${(index % 8) + 1})` }}></i>
          ${label}${
            at !== undefined &&
            html`<strong> ${values[at] === null ? '–' : chart.format(values[at])}</strong>`
          }
        </li>`,
    )}
    ${at !== undefined && html`<li class="at">${chart.longDays?.[at] ?? chart.days[at]}</li>`}
  </ul>`;

const Table = ({ chart, name }) =>
  html`<details>
    <summary>Show as Table</summary>
    <div class="scrolls" tabindex="0" role="region" aria-label=${`${name}, as a table`}>
      <table>
        <thead>
          <tr>
            <th scope="col">${chart.first}</th>
            ${chart.series.map(({ label }) => html`<th scope="col" key=${label}>${label}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${chart.days.map(
            (day, at) =>
              html`<tr key=${day}>
                <th scope="row">${chart.longDays?.[at] ?? day}</th>
                ${chart.series.map(
                  ({ label, values }) =>
                    html`<td key=${label}>${values[at] === null ? '–' : chart.format(values[at])}</td>`,
                )}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`;

/**
 * A chart with its legend and the same values as a table.
 * @param {object} props
 * @param {string} props.name
 * @param {string} [props.note] below the name
 * @param {string} props.empty what to say when there is nothing to draw
 * @param {{ kind: string, first: string, days: string[], longDays?: string[],
 *   series: { label: string, values: (number | null)[] }[], format: (value: number) => string }}
 *   props.chart `first` is what `days` holds
 */
export function Chart({ name, note, empty, chart }) {
  const [at, setAt] = useState();
  const element = usePlot(chart, setAt);
  const some = chart.series.some(({ values }) => values.some((value) => value));
  return html`<section class="panel chart">
    <h2>${name}</h2>
    ${note && html`<p class="quiet-text">${note}</p>`}
    ${some && chart.kind !== 'rows' && html`<${Legend} chart=${chart} at=${at} />`}
    ${!some && html`<p class="quiet-text">${empty}</p>`}
    <div
      class="plot"
      ref=${element}
      role="img"
      aria-label=${`Chart: ${name}. The table below has the same values.`}
      hidden=${!some}
    ></div>
    ${some && html`<${Table} chart=${chart} name=${name} />`}
  </section>`;
}
