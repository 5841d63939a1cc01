import { runTemplate } from '../../recipes/run_template.ts';
import type { Template } from '../../recipes/template.ts';
import { quietConsole } from '../support/quiet.ts';
import { startWorlds, type Worlds } from '../support/worlds.ts';

quietConsole();

let worlds: Worlds;
beforeEach(async () => {
  worlds = await startWorlds({ images: { width: 16, height: 16 } });
});
afterEach(() => worlds.stop());

type Zap = Template['zaps'][number];

const template = (...zaps: Zap[]): Template => ({
  key: 'example',
  title: 'An Example',
  description: 'What it does.',
  zaps,
});
const clock = (...steps: Zap['steps']): Zap => ({
  title: 'Clock',
  trigger: {
    app: 'schedule',
    event: 'Every Day',
    input: {},
    outputs: { ids: [{ id: 'a' }, { id: 'b' }] },
  },
  steps,
});
const listener = (...steps: Zap['steps']): Zap => ({
  title: 'Listener',
  trigger: { app: 'midjourney', event: 'task_finished', input: {}, outputs: undefined },
  steps,
});
const note = (input: Zap['trigger']['input']) => ({
  app: 'notes',
  action: 'Write',
  kind: 'create' as const,
  input,
  outputs: { id: 'note-1' },
});
const loop = { ...note({ id: '{{0.ids[].id}}' }), app: 'looping', kind: 'loop' as const };

const start = (...zaps: Zap[]) => runTemplate(template(...zaps), { account: worlds.account });

test('the steps behind a loop run once for each item', async () => {
  const running = await start(clock(loop, note({ text: 'Item {{1.id}}' })));

  expect((await running.fire(0)).map(({ input }) => input.text)).toEqual(['Item a', 'Item b']);
});

test('a filter that does not match ends the run, or within a loop only that item', async () => {
  const filter = { ...note({ value: '{{1.id}}', is_one_of: ['b'] }), kind: 'filter' as const };
  const running = await start(clock(loop, filter, note({ text: '{{1.id}}' })));

  expect((await running.fire(0)).map(({ input }) => input.text)).toEqual(['b']);
});

test('a search of this integration that finds nothing ends the run', async () => {
  const find = {
    app: 'midjourney',
    action: 'find_task',
    kind: 'search' as const,
    input: { task_id: 'c0d39b5a-345c-4448-a7bf-000000000000' },
    outputs: undefined,
  };
  const running = await start(clock(find, note({ text: 'found' })));

  expect(await running.fire(0)).toEqual([]);
});

test('an error that stops a run is thrown by fire()', async () => {
  const imagine = {
    ...note({ prompt: 'blood', wait_for_result: true }),
    app: 'midjourney',
    action: 'imagine',
  };
  const running = await start(clock(imagine, note({ text: 'never' })));

  await expect(running.fire(0)).rejects.toMatchObject({ kind: 'HaltedError' });
});

test('an error that stops a run of our own trigger is thrown by settled()', async () => {
  const reroll = { ...note({ origin_task_id: 'x' }), app: 'midjourney', action: 'reroll' };
  const running = await start(listener(reroll));
  await worlds.account.create('imagine', { prompt: 'red fox' });
  await worlds.settled();

  await expect(running.settled()).rejects.toMatchObject({ kind: 'HaltedError' });
});

test('a file is passed to a step as a file, alone or in a list', async () => {
  const running = await start(
    listener(note({ file: '{{0.image}}', files: ['{{0.images[].file}}'] })),
  );
  await worlds.account.create('imagine', { prompt: 'red fox' });
  await worlds.settled();
  await running.settled();
  const [call] = running.calls;

  expect(
    [call?.input.file, call?.input.files].flat().map((url) => worlds.zapier.files.has(String(url))),
  ).toEqual(Array(5).fill(true));
});

test('fire() can only start a Zap with the trigger of another app', async () => {
  const running = await start(listener(note({})));

  await expect(running.fire(0)).rejects.toThrow(RangeError);
  await expect(running.fire(1)).rejects.toThrow(RangeError);
});
