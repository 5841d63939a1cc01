import type { HttpServer } from '../support/http_server.ts';
import { finishedParents, inputsOf, type Parents, startPictures } from '../support/parents.ts';
import { quietConsole } from '../support/quiet.ts';
import { refusalOf } from '../support/refusal.ts';
import { startWorlds, type Worlds } from '../support/worlds.ts';

/** The New Prompt of follow-ups, which costs as much when it is wrong as the prompt of Imagine. */
quietConsole();

let worlds: Worlds;
let pictures: HttpServer;
let parents: Parents;
beforeAll(async () => {
  worlds = await startWorlds();
  pictures = await startPictures();
  parents = await finishedParents(worlds);
});
afterAll(async () => {
  await pictures.stop();
  await worlds.stop();
});

describe.each(['variation', 'reroll', 'pan', 'outpaint', 'inpaint'] as const)('%s', (operation) => {
  const follow = (more: Record<string, unknown>) =>
    worlds.account.create(operation, {
      ...inputsOf(parents, pictures.url, worlds.service.service)[operation],
      ...more,
    });

  test.each([
    ['fox --s 5000', '--s 5000 does not work. Enter a whole number from 0 to 1000.'],
    ['fox --v 6 --v 7', 'It says --v 6 and --v 7. Keep one of the two.'],
    ['--v 7', 'Describe the picture before its parameters.'],
    [
      'fox --v 8.1 --q 2',
      '--q does not work with version 8.1, only with version 7 and earlier. Leave it out or choose another version.',
    ],
  ])('refuses %j before anything is spent', async (prompt, problem) => {
    const before = worlds.piapi.creates.length;
    const { kind, shown } = await refusalOf(follow({ prompt }));

    expect(kind).toBe('HaltedError');
    expect(shown).toBe(`New Prompt: ${problem}\nNothing was started.`);
    expect(worlds.piapi.creates).toHaveLength(before);
  });

  test('mends the slips of a prompt', async () => {
    await follow({ prompt: '/imagine prompt: red fox—ar16:9 —v 6' });
    await follow({ prompt: 'red fox — ar 16x9' });

    expect(worlds.piapi.creates.slice(-2).map(({ body }) => Object(body).prompt)).toEqual([
      'red fox --ar 16:9 --v 6',
      'red fox --ar 16:9',
    ]);
  });
});

test.each(['variation', 'reroll', 'outpaint'] as const)(
  '%s refuses another aspect ratio in the prompt than in the field, and takes the same',
  async (operation) => {
    const input = {
      ...inputsOf(parents, pictures.url, worlds.service.service)[operation],
      aspect_ratio: '16:9',
    };
    const { shown } = await refusalOf(
      worlds.account.create(operation, { ...input, prompt: 'fox --ar 2:3' }),
    );
    await worlds.account.create(operation, { ...input, prompt: 'fox --ar 16x9' });

    expect(shown).toContain(
      'Aspect Ratio: The new prompt already says --ar 2:3. Keep one of the two.',
    );
    expect(worlds.piapi.creates.at(-1)?.body).toMatchObject({
      prompt: 'fox --ar 16:9',
      aspect_ratio: '16:9',
    });
  },
);
