import { quietConsole } from '../support/quiet.ts';
import { startWorlds, type Worlds } from '../support/worlds.ts';

/** The account's list has the tasks of every step, whoever started them. */
quietConsole();

let worlds: Worlds;

beforeAll(async () => {
  worlds = await startWorlds({ service: 'apiframe' });
  const { account } = worlds;
  await account.create('imagine', { prompt: 'red fox in snow' });
  await account.create('imagine', { prompt: 'knight covered in blood' });
  await account.create('create_video', {
    model: 'kling-2.5-turbo-pro',
    input__prompt: 'the fox runs',
  });
  await account.create('create_audio', {
    model: 'mureka',
    input__prompt: 'calm piano',
  });
  await worlds.settled();
});
afterAll(() => worlds.stop());

/** The prompts of the tasks that a Zap with these filters runs for. */
async function promptsOf(filters: Record<string, unknown>): Promise<unknown[]> {
  const samples = await worlds.account.samples('finished_task_in_account', filters);
  return samples.map(({ prompt }) => prompt).sort();
}

test.each([
  [{}, ['calm piano', 'knight covered in blood', 'red fox in snow', 'the fox runs']],
  [{ outcome: 'failed' }, ['knight covered in blood']],
  [{ kinds: ['video', 'audio'] }, ['calm piano', 'the fox runs']],
  [{ models: ['mureka'] }, ['calm piano']],
  [{ operations: ['create_video'] }, ['the fox runs']],
  // Zaps from before these steps existed.
  [{ operations: ['run_task'] }, ['calm piano', 'the fox runs']],
])('with %j it runs for %j', async (filters, prompts) => {
  expect(await promptsOf(filters)).toEqual(prompts);
});
