import { finishedParents } from '../support/parents.ts';
import { quietConsole } from '../support/quiet.ts';
import { startWorlds, type Worlds } from '../support/worlds.ts';

/** Under Task, where the step goes on from an upscaled picture. */
quietConsole();

let worlds: Worlds;
beforeEach(async () => {
  worlds = await startWorlds();
});
afterEach(() => worlds.stop());

const noticesAt = async (input: Record<string, unknown>) =>
  (await worlds.account.inputFields('creates', 'pan', input)).flatMap(({ type, helpText }) =>
    type === 'copy' ? [String(helpText)] : [],
  );

test('says so where no recent task allows it, and where one does not any more', async () => {
  expect(await noticesAt({})).toContainEqual(
    expect.stringContaining('None of the recent tasks allows it yet'),
  );
  const { grid, single } = await finishedParents(worlds);
  const about = /allows it yet|does not allow it/;
  expect((await noticesAt({})).filter((text) => about.test(text))).toEqual([]);
  expect(await noticesAt({ origin_task_id: grid })).toContainEqual(
    expect.stringContaining('The chosen task does not allow it'),
  );
  const chosen = await noticesAt({ origin_task_id: ` ${single} ` });
  expect(chosen.filter((text) => about.test(text))).toEqual([]);
});
