/** A value of the API with the words that people read. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  /** What else people call it. */
  readonly names?: readonly string[];
  /** Whether a parent's `actions` allow it; the words after an upscale are guessed. */
  readonly allowedBy?: RegExp;
  /** For pictures that are upscaled already, of these versions. */
  readonly second?: { readonly from: number; readonly to?: number };
}

export const IMAGE_CHOICES: readonly Choice[] = [
  {
    value: '1',
    label: 'Image 1 (top left)',
    names: ['first', '1st', 'upper left', 'picture 1'],
  },
  {
    value: '2',
    label: 'Image 2 (top right)',
    names: ['second', '2nd', 'upper right', 'picture 2'],
  },
  {
    value: '3',
    label: 'Image 3 (bottom left)',
    names: ['third', '3rd', 'lower left', 'picture 3'],
  },
  {
    value: '4',
    label: 'Image 4 (bottom right)',
    names: ['fourth', '4th', 'lower right', 'last', 'picture 4'],
  },
];

const imagesBy = (action: string): Choice[] =>
  IMAGE_CHOICES.map((choice) => ({
    ...choice,
    allowedBy: new RegExp(`^${action}_?${choice.value}$`, 'i'),
  }));

/** Stands for every image of a grid. */
export const ALL_IMAGES = 'all';

/** One of the grid's images, all four in one step, or a second upscale of an upscaled image. */
export const UPSCALE_CHOICES: readonly Choice[] = [
  ...imagesBy('upscale'),
  // Where a service counts the one picture of an upscaled task, that is the first.
  {
    value: ALL_IMAGES,
    label: 'All four images',
    names: ['all four', 'all of them', 'all images', 'every image', 'each'],
    allowedBy: /^upscale_?[2-4]$/i,
  },
  {
    value: 'subtle',
    label: 'Upscale Subtle (version 6 and later)',
    allowedBy: /^upscale.*subtle/i,
    second: { from: 6 },
  },
  {
    value: 'creative',
    label: 'Upscale Creative (version 6 and later)',
    allowedBy: /^upscale.*creative/i,
    second: { from: 6 },
  },
  {
    value: '2x',
    label: 'Upscale 2x (version 5)',
    allowedBy: /^upscale.*2x/i,
    second: { from: 5, to: 6 },
  },
  {
    value: '4x',
    label: 'Upscale 4x (version 5)',
    allowedBy: /^upscale.*4x/i,
    second: { from: 5, to: 6 },
  },
  {
    value: 'light',
    label: 'Light Upscale Redo (version 4)',
    allowedBy: /^upscale.*light/i,
    second: { from: 4, to: 5 },
  },
  {
    value: 'beta',
    label: 'Beta Upscale Redo (version 4)',
    allowedBy: /^upscale.*beta/i,
    second: { from: 4, to: 5 },
  },
];

export const VARIATION_CHOICES: readonly Choice[] = [
  ...imagesBy('variation'),
  {
    value: 'high_variation',
    label: 'Vary Strong (an upscaled image)',
    allowedBy: /high_?var|var(y|iation).*strong/i,
    second: { from: 5 },
  },
  {
    value: 'low_variation',
    label: 'Vary Subtle (an upscaled image)',
    allowedBy: /low_?var|var(y|iation).*subtle/i,
    second: { from: 5 },
  },
];

export const DIRECTION_CHOICES: readonly Choice[] = [
  { value: 'up', label: 'Up', names: ['upwards', 'top'] },
  { value: 'down', label: 'Down', names: ['downwards', 'bottom'] },
  { value: 'left', label: 'Left' },
  { value: 'right', label: 'Right' },
];

export const ZOOM_CHOICES: readonly Choice[] = [
  { value: '1.5', label: 'Zoom out 1.5 times', names: ['1.5x'] },
  { value: '2', label: 'Zoom out twice', names: ['2x', 'twice', 'double'] },
  { value: '1', label: 'Make square', names: ['square'] },
];

/** The usual ones; any other can be entered. */
export const ASPECT_RATIO_CHOICES: readonly Choice[] = [
  { value: '1:1', label: '1:1 (square: profile pictures, product tiles)', names: ['square'] },
  { value: '3:2', label: '3:2 (landscape photo)', names: ['landscape'] },
  { value: '2:3', label: '2:3 (portrait photo, pins)', names: ['portrait', 'pin', 'pinterest'] },
  { value: '4:5', label: '4:5 (portrait post)', names: ['post', 'feed'] },
  {
    value: '16:9',
    label: '16:9 (widescreen: video covers, slides, blog headers)',
    names: ['widescreen', 'wide', 'header', 'slide', 'youtube'],
  },
  {
    value: '9:16',
    label: '9:16 (upright: stories, reels, phones)',
    names: ['upright', 'vertical', 'story', 'stories', 'reel', 'reels', 'tiktok'],
  },
  {
    value: '21:9',
    label: '21:9 (cinema: wide banners)',
    names: ['cinema', 'cinematic', 'banner', 'ultrawide'],
  },
];

export const DIMENSION_CHOICES: readonly Choice[] = [
  { value: 'square', label: 'Square' },
  { value: 'portrait', label: 'Portrait' },
  { value: 'landscape', label: 'Landscape' },
];

export const VIDEO_CHOICES: readonly Choice[] = [
  { value: '1', label: 'Video 1', names: ['first', '1st', 'film 1'] },
  { value: '2', label: 'Video 2', names: ['second', '2nd', 'film 2'] },
  { value: '3', label: 'Video 3', names: ['third', '3rd', 'film 3'] },
  { value: '4', label: 'Video 4', names: ['fourth', '4th', 'last', 'film 4'] },
];

/** What is known of the task that is followed; nothing when it is mapped or cannot be read. */
export interface Parent {
  readonly actions: readonly string[];
  /** The version that painted its one picture; undefined for four pictures. */
  readonly upscaledBy?: number | undefined;
}

const isOfVersion = ({ second }: Choice, version: number): boolean =>
  second !== undefined &&
  version >= second.from &&
  version < (second.to ?? Number.POSITIVE_INFINITY);

/**
 * Those that the service has and the actions of a parent allow. When it names none that any of them
 * knows: those of an upscaled picture's version, if it has any, or of a first picture.
 */
export function allowedChoices(
  choices: readonly Choice[],
  { actions, upscaledBy }: Parent,
  ofService: readonly string[] = choices.map(({ value }) => value),
): readonly Choice[] {
  const offered = choices.filter(({ value }) => ofService.includes(value));
  const allowed = offered.filter(({ allowedBy }) =>
    actions.some((action) => allowedBy?.test(action)),
  );
  if (allowed.length > 0) {
    return allowed;
  }
  const second = offered.filter(
    (choice) => upscaledBy !== undefined && isOfVersion(choice, upscaledBy),
  );
  if (second.length > 0) {
    return second;
  }
  const isOver = upscaledBy !== undefined && actions.length > 0;
  return isOver ? [] : offered.filter((choice) => !choice.second);
}
