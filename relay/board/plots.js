import uPlot from './lib/uplot.js';

const HEIGHT = 220;
/** Steps of an axis that counts: 1, 2, 5, 10, … */
const WHOLE = Array.from({ length: 27 }, (_, at) => [1, 2, 5][at % 3] * 10 ** Math.floor(at / 3));
/** Steps of an axis of seconds, so that it shows 2m and not 1m 40s. */
const SECONDS = [
  0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400, 28_800,
  86_400, 172_800, 432_000,
];
const ROW = 34;

const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const color = (at) => css(`--series-${(at % 8) + 1}`);

const look = () => ({
  stroke: css('--quiet'),
  font: '12px system-ui, sans-serif',
  grid: { stroke: css('--line'), width: 1 },
  ticks: { show: false },
});

/** Axes of days below and values at the left. */
const dayAxes = (days, format, incrs) => [
  {
    ...look(),
    grid: { show: false },
    space: 56,
    size: 30,
    incrs: [1, 2, 4, 7, 14],
    values: (_plot, splits) => splits.map((at) => days[at] ?? ''),
  },
  {
    ...look(),
    ...(incrs && { incrs }),
    size: 62,
    space: 40,
    values: (_plot, splits) => splits.map(format),
  },
];

const base = (width, height, onPoint) => ({
  width,
  height,
  legend: { show: false },
  cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
  hooks: { setCursor: [({ cursor }) => onPoint(cursor.idx ?? undefined)] },
});

const fromZero = (_plot, _least, most) => [0, most > 0 ? most * 1.08 : 1];

/** Bars on top of each other: the largest sum is drawn first, and the others over it. */
function stacked({ days, series, format, width, onPoint }) {
  const sums = [];
  for (const { values } of series) {
    sums.push(values.map((value, at) => value + (sums.at(-1)?.[at] ?? 0)));
  }
  const bars = uPlot.paths.bars({ size: [0.68, 44] });
  return {
    options: {
      ...base(width, HEIGHT, onPoint),
      scales: {
        x: { time: false, range: [-0.6, days.length - 0.4] },
        y: { range: fromZero },
      },
      axes: dayAxes(days, format, WHOLE),
      series: [
        {},
        ...series
          .map((_, at) => ({
            paths: bars,
            fill: color(at),
            stroke: css('--paper'),
            width: 1,
            points: { show: false },
          }))
          .reverse(),
      ],
    },
    data: [days.map((_, at) => at), ...sums.reverse()],
  };
}

/** Of seconds a day. */
function lines({ days, series, format, width, onPoint }) {
  return {
    options: {
      ...base(width, HEIGHT, onPoint),
      scales: {
        x: { time: false, range: [-0.3, days.length - 0.7] },
        y: { range: fromZero },
      },
      axes: dayAxes(days, format, SECONDS),
      series: [
        {},
        ...series.map((_, at) => ({
          stroke: color(at),
          width: 2,
          spanGaps: false,
          points: { show: true, size: 6, fill: color(at) },
        })),
      ],
    },
    data: [days.map((_, at) => at), ...series.map(({ values }) => values)],
  };
}

/** Lying bars, with room for the words of each. */
function rows({ days: names, series, format, width, onPoint }) {
  const [{ values }] = series;
  return {
    options: {
      ...base(width, names.length * ROW + 40, onPoint),
      cursor: { show: false },
      scales: {
        x: { time: false, ori: 1, dir: -1, range: [-0.6, names.length - 0.4] },
        y: { ori: 0, dir: 1, range: fromZero },
      },
      axes: [
        {
          ...look(),
          side: 3,
          size: 122,
          grid: { show: false },
          splits: () => names.map((_, at) => at),
          values: () => names,
        },
        { ...look(), side: 2, space: 60, size: 30, values: (_plot, splits) => splits.map(format) },
      ],
      series: [
        {},
        {
          paths: uPlot.paths.bars({ size: [0.64, 22] }),
          fill: css('--bad'),
          points: { show: false },
          width: 0,
        },
      ],
    },
    data: [names.map((_, at) => at), values],
  };
}

const KINDS = { stacked, lines, rows };

/**
 * Draws a chart into an element. @returns {uPlot}
 * @param {HTMLElement} element
 * @param {{ kind: keyof typeof KINDS, days: string[], series: { values: (number | null)[] }[],
 *   format: (value: number) => string, width: number, onPoint: (at?: number) => void }} chart
 */
export function draw(element, chart) {
  const { options, data } = KINDS[chart.kind](chart);
  return new uPlot(options, data, element);
}
