import { choiceMeant } from '../../midjourney/choice.ts';
import {
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

test.each(['5', 'Image', 'top left', '', '1.2', '--'])('%j means none', (text) => {
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
