import kept from './public_surface.json' with { type: 'json' };
import { isNeverFilled, publicSurface, surfaceProblems } from './support/public_surface.ts';

test('no name that Zaps store was removed or renamed, and each new one is in public_surface.json', async () => {
  const now = await publicSurface();
  const unlisted = kept.filter((name) => !now.includes(name) && isNeverFilled(name));

  expect(surfaceProblems(kept, [...now, ...unlisted])).toEqual([]);
});

test('public_surface.json covers connections, services, steps, inputs, outputs and line items', () => {
  expect(kept).toEqual(
    expect.arrayContaining([
      'connection api_key',
      'connection service legnext',
      'creates.imagine',
      'creates.imagine input prompt',
      'creates.pan input scale',
      'creates.upscale output tasks[]image_url',
      'triggers.task_finished output images[]url',
      'searches.find_tasks output unknown_task_ids',
    ]),
  );
});

describe('a change', () => {
  test('that removes a name gives a problem that names it and says what breaks', () => {
    const [problem, ...others] = surfaceProblems(
      ['creates.imagine input prompt', 'creates.imagine input seed'],
      ['creates.imagine input prompt'],
    );

    expect(others).toEqual([]);
    expect(problem).toMatch(
      /^Removed or renamed: creates\.imagine input seed\. Zaps .+ major version/,
    );
  });

  test('that renames one gives a problem for the old and one for the new name', () => {
    expect(surfaceProblems(['a'], ['b'])).toEqual([
      expect.stringMatching(/^Removed or renamed: a\. /),
      expect.stringMatching(/^New: b\. .+add it to test\/public_surface\.json/),
    ]);
  });

  test('of the file alone gives problems for duplicates and wrong order', () => {
    expect(surfaceProblems(['b', 'a', 'a'], ['a', 'b'])).toEqual([
      'test/public_surface.json says something twice.',
      'test/public_surface.json is not in alphabetical order.',
    ]);
  });
});
