import { quickPauses } from '../support/quick_pauses.ts';
import { quietConsole } from '../support/quiet.ts';
import { refusalOf } from '../support/refusal.ts';
import { startWorlds, type Worlds } from '../support/worlds.ts';

quietConsole();
quickPauses();

const ID = 'c0d39b5a-345c-4448-a7bf-5c299c38a06a';

let worlds: Worlds;
beforeEach(async () => {
  worlds = await startWorlds();
});
afterEach(() => worlds.stop());

/** What somebody is told who made this call, where nobody stands by to click. */
const told = async (step: string, input: Record<string, unknown>): Promise<string> => {
  const run = step.startsWith('find_')
    ? worlds.account.search(step, input)
    : worlds.account.create(step, { wait_for_result: true, ...input }, { callback: false });
  return (await refusalOf(run)).shown;
};

/** The call, and in the answer: what was wrong, and what to do. */
const CALLS: readonly (readonly [string, Record<string, unknown>, RegExp, RegExp])[] = [
  ['imagine', {}, /^Prompt: /, /for example "red fox/],
  ['imagine', { prompt: 'fox', aspect_ratio: 'huge' }, /^Aspect Ratio: /, /for example 16:9/],
  ['imagine', { prompt: 'fox', process_mode: 'warp' }, /^Speed: /, /one of: relax, fast, turbo/],
  ['imagine', { prompt: 'fox', stylize: 2000 }, /^Stylize: /, /from 0 to 1000/],
  ['imagine', { prompt: 'fox --v 8.2 --q 2' }, /--q does not work/, /Leave it out or choose/],
  ['imagine', { prompt: 'blood' }, /Banned Prompt: blood/, /Take that word out/],
  ['imagine', { prompt: 'fox', minimum_balance: 9999 }, /1000 credits left/, /Top it up, or lower/],
  ['upscale', { index: '1' }, /^Task: /, /Task ID of an earlier step, for example c0d39b5a/],
  ['upscale', { origin_task_id: 'the fox', index: '1' }, /^Task: /, /map the Task ID/],
  ['upscale', { origin_task_id: ID, index: 'both' }, /^Upscale: /, /one of: 1, 2, 3, 4, all/],
  ['upscale', { origin_task_id: ID, index: '1' }, /PiAPI refused this step/, /Check the Task ID/],
  ['pan', { origin_task_id: ID }, /^Direction: /, /one of: up, down, left, right/],
  ['describe', {}, /^Image: /, /public link/],
  ['blend', { image_urls: 'https://a.example/1.png' }, /^Images: /, /at least two/],
  [
    'run_task',
    { model: 'kling', task_type: 'video_generation', input: '{}' },
    /does not offer Run Any Model/,
    /Choose a connection to .*PiAPI/,
  ],
  ['cancel_task', { task_id: ID }, /task not found/, /Check the Task ID/],
  ['find_task', {}, /^Task: /, /at least one of Operation/],
  ['find_task', { task_id: ID, wait_seconds: 60 }, /^Wait up to/, /from 0 to 25/],
  ['find_tasks', { task_ids: 'the fox' }, /no Task ID/, /Map the Task ID/],
  ['find_tasks', { since: 'yesterday-ish' }, /^Since: /, /for example 2026-03-12/],
];

test.each(CALLS)(
  '%s with %j is told what was wrong and what to do',
  async (step, input, wrong, advice) => {
    const text = await told(step, input);

    expect(text).toMatch(wrong);
    expect(text).toMatch(advice);
    expect(text).not.toMatch(/\beditor\b|\bclick/i);
    for (const line of text.split('\n')) {
      // A sentence of the service may stand between ours.
      expect(line.match(/[.?!](?=\s|$)/g)?.length ?? 1).toBeLessThanOrEqual(5);
    }
  },
);
