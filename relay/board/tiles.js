import { totals } from './figures_data.js';
import { count, duration, number, percent } from './format.js';
import { html } from './html.js';

const Tile = ({ name, value, note, bad }) =>
  html`<div class="tile ${bad ? 'bad' : ''}">
    <dt>${name}</dt>
    <dd>
      ${value}${note && html`<span class="quiet-text">${note}</span>`}
    </dd>
  </div>`;

/** The sums of a range. @param {{ figures: object }} props */
export function Tiles({ figures }) {
  const { tasks, finished, failed, credits: spent } = totals(figures.days);
  const ended = finished + failed;
  const { waiting, oldest_seconds } = figures.deliveries;
  return html`<dl class="tiles">
    <${Tile} name="Tasks" value=${number(tasks)} note=${`${number(finished)} finished`} />
    <${Tile}
      name="Failed"
      value=${ended > 0 ? percent(failed / ended) : '–'}
      note=${count(failed, 'task')}
      bad=${ended > 0 && failed / ended > 0.2}
    />
    ${[...spent].map(
      ([unit, amount]) =>
        html`<${Tile} key=${unit} name="Credits" value=${number(amount)} note=${unit} />`,
    )}
    <${Tile}
      name="Deliveries Waiting"
      value=${number(waiting)}
      note=${waiting > 0 ? `the oldest for ${duration(oldest_seconds)}` : 'all delivered'}
    />
  </dl>`;
}
