import { choiceMeant, choiceNamed } from '../../midjourney/choice.ts';
import {
  ASPECT_RATIO_CHOICES,
  IMAGE_CHOICES,
  UPSCALE_CHOICES,
  VARIATION_CHOICES,
  ZOOM_CHOICES,
} from '../../midjourney/choices.ts';

test.each([
  ['Image 1 (top left)', IMAGE_CHOICES, '1'],
  ['image 2', IMAGE_CHOICES, '2'],
  [' 3 ', IMAGE_CHOICES, '3'],
  ['4.0', IMAGE_CHOICES, '4'],
  ['Zoom out twice', ZOOM_CHOICES, '2'],
  ['2.0', ZOOM_CHOICES, '2'],
  ['1.50', ZOOM_CHOICES, '1.5'],
  ['ALL FOUR IMAGES', UPSCALE_CHOICES, 'all'],
  ['Upscale 2x', UPSCALE_CHOICES, '2x'],
  ['Vary Strong (an upscaled image)', VARIATION_CHOICES, 'high_variation'],
])('%j means %s', (text, choices, value) => {
  expect(choiceMeant(text, choices)).toBe(value);
});

test.each(['5', 'Image', 'left', '', '1.2', '--', '1 --v 6', '1\n2'])('%j means none', (text) => {
  expect(choiceMeant(text, IMAGE_CHOICES)).toBeUndefined();
});

test.each([IMAGE_CHOICES, UPSCALE_CHOICES, VARIATION_CHOICES, ZOOM_CHOICES])(
  'every value, and every label, means its own choice: %#',
  (...choices) => {
    for (const { value, label } of choices) {
      expect(choiceMeant(value, choices)).toBe(value);
      expect(choiceMeant(` ${label.toUpperCase()} `, choices)).toBe(value);
    }
  },
);

describe('as people say it', () => {
  const upscale = (text: string) => choiceMeant(text, UPSCALE_CHOICES);
  const ratio = (text: string) => choiceMeant(text, ASPECT_RATIO_CHOICES);

  test.each([
    ['image 2', '2'],
    ['Top right', '2'],
    ['the third one', '3'],
    ['image 4, please', '4'],
    ['All of them', 'all'],
    ['Upscale Subtle', 'subtle'],
  ])('"%s" is %j of an upscale', (text, value) => {
    expect(upscale(text)).toBe(value);
  });

  test.each([
    ['portrait', '2:3'],
    ['9:16 for stories', '9:16'],
    ['Widescreen', '16:9'],
    ['square', '1:1'],
  ])('"%s" is the ratio %s', (text, value) => {
    expect(ratio(text)).toBe(value);
  });

  test.each(['images 1 and 2', 'all 4', 'top left or bottom left', 'something', '22'])(
    '"%s" means none, or more than one',
    (text) => {
      expect(upscale(text)).toBeUndefined();
    },
  );

  test.each(['5:4', '16:90', 'portrait or landscape', '21:10'])(
    '"%s" is no ratio of the list',
    (text) => {
      expect(ratio(text)).toBeUndefined();
    },
  );

  test.each(['not 16:9', 'without square', '16:9-21', 'square 3'])(
    '"%s" says more than a ratio of the list',
    (text) => {
      expect(ratio(text)).toBeUndefined();
    },
  );
});

test.each([
  ['Veo 3.1 (films with sound)', 'veo'],
  [' veo 3.1 ', 'veo'],
  ['VEO', 'veo'],
  ['films with sound', undefined],
  ['Veo 3.1 Pro', undefined],
  ['the Sora one', undefined],
])('the name %j is that of %j', (text, value) => {
  const models = [
    { value: 'veo', label: 'Veo 3.1 (films with sound)' },
    { value: 'sora', label: 'Sora (films with sound)' },
  ];
  expect(choiceNamed(text, models)).toBe(value);
});
