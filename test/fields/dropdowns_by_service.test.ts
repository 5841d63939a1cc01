import { EACH_SERVICE } from '../support/each_service.ts';
import { finishedParents, type Parents } from '../support/parents.ts';
import { quietConsole } from '../support/quiet.ts';
import { startWorlds, type Worlds } from '../support/worlds.ts';

quietConsole();

const IMAGES = ['1', '2', '3', '4'];

describe.each(EACH_SERVICE)('on $key', ({ key, service }) => {
  let worlds: Worlds;
  let parents: Parents;
  beforeAll(async () => {
    worlds = await startWorlds({ service: key });
    parents = await finishedParents(worlds);
  });
  afterAll(() => worlds.stop());

  const offered = async (step: 'upscale' | 'variation', origin_task_id: string) => {
    const { results } = await worlds.account.choices('creates', step, 'index', { origin_task_id });
    return results.map(({ id }) => String(id));
  };

  test('a grid offers its four pictures and "all"', async () => {
    expect(await offered('upscale', parents.grid)).toEqual([...IMAGES, 'all']);
    expect(await offered('variation', parents.grid)).toEqual(IMAGES);
  });

  test('an upscaled picture offers neither single pictures nor "all"', async () => {
    const choices = await offered('upscale', parents.single);

    // APIFRAME upscales a picture once.
    expect(choices.length > 0).toBe(key !== 'apiframe');
    expect(choices).not.toEqual(expect.arrayContaining(['2']));
    expect(choices).not.toEqual(expect.arrayContaining(['all']));
  });

  test('while no parent is chosen, those of a first picture are offered', async () => {
    const images = service.operations.variation?.choices?.index ?? IMAGES;

    expect(await offered('upscale', '')).toEqual([...IMAGES, 'all']);
    expect(await offered('variation', '')).toEqual(images);
  });
});
