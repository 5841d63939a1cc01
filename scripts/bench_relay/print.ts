import { percentile } from './load.ts';

export const out = (text: string) => process.stdout.write(`${text}\n`);

export const whole = (value: number): string => Math.round(value).toLocaleString('en-US');

export const tenth = (value: number): string => value.toFixed(1);

/** @param milliseconds printed as seconds */
export const seconds = (milliseconds: number): string => `${tenth(milliseconds / 1000)} s`;

export const times = (values: readonly number[]): string =>
  [50, 95, 99].map((percent) => `p${percent} ${tenth(percentile(values, percent))} ms`).join(', ');

/** Whether a figure keeps to what it may be at the most; one that was not found does not. */
export const judged = (value: number, atMost: number): string =>
  value <= atMost ? 'within' : 'ABOVE';
