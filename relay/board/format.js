/** Dates are in the reader's zone and numbers in the form of his language. */
const numbers = new Intl.NumberFormat(undefined, { maximumFractionDigits: 2 });
const percents = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 });
const moments = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const days = new Intl.DateTimeFormat(undefined, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
});
const shortDays = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
});
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto', style: 'short' });
const unit = (name) =>
  new Intl.NumberFormat(undefined, {
    style: 'unit',
    unit: name,
    unitDisplay: 'narrow',
    maximumFractionDigits: 1,
  });
const UNITS = {
  day: unit('day'),
  hour: unit('hour'),
  minute: unit('minute'),
  second: unit('second'),
  byte: unit('byte'),
  kilobyte: unit('kilobyte'),
  megabyte: unit('megabyte'),
  gigabyte: unit('gigabyte'),
};

export const number = (value) => numbers.format(value);
export const percent = (share) => percents.format(share);
export const moment = (iso) => moments.format(new Date(iso));

/** @param {string} day YYYY-MM-DD, in UTC */
export const dayName = (day) => days.format(new Date(`${day}T00:00:00Z`));
/** @param {string} day YYYY-MM-DD, in UTC */
export const shortDay = (day) => shortDays.format(new Date(`${day}T00:00:00Z`));

/** "3 min. ago" */
export function ago(iso, now = Date.now()) {
  const seconds = Math.round((new Date(iso).getTime() - now) / 1000);
  const size = Math.abs(seconds);
  if (size < 45) {
    return relative.format(0, 'second');
  }
  if (size < 2700) {
    return relative.format(Math.round(seconds / 60), 'minute');
  }
  return size < 79_200
    ? relative.format(Math.round(seconds / 3600), 'hour')
    : relative.format(Math.round(seconds / 86_400), 'day');
}

/** "1m 12s": the two largest units. */
export function duration(seconds) {
  if (seconds < 59.5) {
    const shown = seconds < 10 ? Math.round(seconds * 10) / 10 : Math.round(seconds);
    return UNITS.second.format(shown);
  }
  const whole = Math.round(seconds);
  const parts = [
    ['day', Math.floor(whole / 86_400)],
    ['hour', Math.floor(whole / 3600) % 24],
    ['minute', Math.floor(whole / 60) % 60],
    ['second', whole % 60],
  ];
  const first = parts.findIndex(([, count]) => count > 0);
  return parts
    .slice(first, first + 2)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => UNITS[name].format(count))
    .join(' ');
}

export function bytes(count) {
  const names = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];
  const step = Math.min(3, Math.floor(Math.log(Math.max(count, 1)) / Math.log(1000)));
  return UNITS[names[step]].format(count / 1000 ** step);
}

const SERVICES = {
  piapi_v2: 'PiAPI',
  piapi_unified: 'PiAPI',
  legnext: 'LegNext',
  apiframe: 'APIFRAME',
};
export const service = (name) => SERVICES[name] ?? name;

/** "banned_prompt" as "Banned Prompt". */
export const title = (name) =>
  name
    .split(/[_\s]+/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join(' ');

export const credits = (amount, creditsUnit) =>
  [number(amount), creditsUnit || 'credits'].join(' ');

/** "1 task", "3 tasks" */
export const count = (amount, one, many = `${one}s`) =>
  `${number(amount)} ${amount === 1 ? one : many}`;
