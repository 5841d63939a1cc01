import { allowedChoices, UPSCALE_CHOICES, VARIATION_CHOICES } from '../../midjourney/choices.ts';

const valuesOf = (...parameters: Parameters<typeof allowedChoices>) =>
  allowedChoices(...parameters).map(({ value }) => value);

test.each([
  ['a first picture', undefined, ['1', '2', '3', '4', 'all']],
  ['an upscaled one of version 8.2', 8.2, ['subtle', 'creative']],
  ['an upscaled one of version 6', 6, ['subtle', 'creative']],
  ['an upscaled one of version 5.2', 5.2, ['2x', '4x']],
  ['an upscaled one of version 4', 4, ['light', 'beta']],
])('%s whose follow-ups are not known offers what fits', (_, upscaledBy, values) => {
  expect(valuesOf(UPSCALE_CHOICES, { actions: [], upscaledBy })).toEqual(values);
});

test('the actions of a parent decide where it names any', () => {
  const parent = { actions: ['upscale_2x', 'reroll'], upscaledBy: 8 };

  expect(valuesOf(UPSCALE_CHOICES, parent)).toEqual(['2x']);
});

test('a service that lacks the second kinds offers the first', () => {
  const parent = { actions: [], upscaledBy: 8 };

  expect(valuesOf(VARIATION_CHOICES, parent)).toEqual(['high_variation', 'low_variation']);
  expect(valuesOf(VARIATION_CHOICES, parent, ['1', '2'])).toEqual(['1', '2']);
});
