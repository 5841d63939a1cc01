const DAY = 86_400_000;
/** More groups than this are drawn as one. */
const MOST_SERIES = 7;

/** The last days in UTC, oldest first, as YYYY-MM-DD. */
export const lastDays = (length, now = Date.now()) =>
  Array.from({ length }, (_, at) =>
    new Date(now - (length - 1 - at) * DAY).toISOString().slice(0, 10),
  );

const sum = (values) => values.reduce((total, value) => total + value, 0);

/**
 * Rows by group, each with a value a day; the largest groups first, the rest as "Others".
 * @param {string[]} days
 * @param {object[]} rows
 * @param {(row: object) => string} groupOf
 * @param {(row: object) => number} amountOf
 * @returns {{ label: string, values: number[] }[]}
 */
export function byGroup(days, rows, groupOf, amountOf) {
  const position = new Map(days.map((day, at) => [day, at]));
  const groups = new Map();
  for (const row of rows) {
    const at = position.get(row.day);
    if (at !== undefined) {
      const label = groupOf(row);
      const values = groups.get(label) ?? days.map(() => 0);
      values[at] += amountOf(row);
      groups.set(label, values);
    }
  }
  const series = [...groups]
    .map(([label, values]) => ({ label, values }))
    .filter(({ values }) => sum(values) > 0)
    .sort((one, other) => sum(other.values) - sum(one.values));
  if (series.length <= MOST_SERIES) {
    return series;
  }
  const rest = series.slice(MOST_SERIES - 1);
  const values = days.map((_, at) => sum(rest.map((one) => one.values[at])));
  return [...series.slice(0, MOST_SERIES - 1), { label: 'Others', values }];
}

/** Values by day; null where a day has none. */
export const byDay = (days, rows, name) =>
  days.map((day) => rows.find((row) => row.day === day)?.[name] ?? null);

/** Sums of a range: credits by their unit. */
export function totals(rows) {
  const of = (name) => sum(rows.map((row) => row[name]));
  const credits = new Map();
  for (const { credits_unit, credits: amount } of rows) {
    if (amount > 0) {
      credits.set(credits_unit, (credits.get(credits_unit) ?? 0) + amount);
    }
  }
  return { tasks: of('tasks'), finished: of('finished'), failed: of('failed'), credits };
}
