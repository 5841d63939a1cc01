import type { DemoEvent } from '../../demo/events.ts';
import { liveReporter } from '../../demo/live_reporter.ts';

const task = { task_id: 't', reference: 'row-1' };
const events: readonly DemoEvent[] = [
  { event: 'connected', account: 'Sandbox Studio' },
  { event: 'progress', zap: 'Progress Bar', ...task, progress: 0 },
  { event: 'started', ...task, prompt: 'lighthouse in a storm, oil painting --ar 3:2' },
  { event: 'progress', zap: 'Progress Bar', ...task, progress: 50 },
  {
    event: 'finished',
    zap: 'Outcome to Slack',
    ...task,
    succeeded: true,
    image_url: 'https://x.test/t.png',
    error_message: '',
  },
  { event: 'summary', promises: [{ promise: 'All is well', kept: false }], seconds: 1.5 },
];

test('on a terminal a progress bar is redrawn below the lines', () => {
  const lines: string[] = [];
  const frames: string[] = [];
  const reporter = liveReporter({
    line: (text) => lines.push(text),
    frame: (text) => frames.push(text),
  });
  for (const event of events) {
    reporter.report(event);
  }

  expect(lines).toEqual([
    'Connected to Sandbox Studio',
    'Imagine started row-1: lighthouse in a storm, oil painting --ar 3:2',
    'Outcome to Slack ran for row-1: https://x.test/t.png',
    '✗ All is well',
    '1 task in 1.5 s',
  ]);
  expect(frames[1]).toBe(`  ${'░'.repeat(24)}   0 %  row-1`);
  expect(frames[3]).toBe(
    `  ${'█'.repeat(12)}${'░'.repeat(12)}  50 %  lighthouse in a storm, oil pain…`,
  );
  expect(frames.at(-1)).toMatch(/^ {2}█{24} 100 % {2}lighthouse .+… finished$/);
  expect(frames.every((frame) => frame.length < 80)).toBe(true);
});

test('without a terminal each report of progress is a line of its own', () => {
  const lines: string[] = [];
  const reporter = liveReporter({ line: (text) => lines.push(text) });
  for (const event of events) {
    reporter.report(event);
  }

  expect(lines.filter((line) => line.includes('→'))).toEqual([
    `  ${'░'.repeat(24)}   0 %  row-1  → Progress Bar`,
    expect.stringContaining('50 %  lighthouse in a storm, oil pain…  → Progress Bar'),
  ]);
});
