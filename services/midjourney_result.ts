import * as zod from 'zod/mini';
import { describedPrompts } from '../midjourney/described_prompts.ts';
import { anyObject, identifier, part, text, texts, webUrl, webUrls } from './lenient.ts';

const midjourneyOutput = part({
  image_url: webUrl,
  image_urls: webUrls,
  temporary_image_urls: webUrls,
  intermediate_image_urls: webUrls,
  video_urls: webUrls,
  description: text,
  /** LegNext's Describe has its prompts one by one. */
  prompts: texts,
  /** The one that LegNext's Shorten settles on. */
  finalPrompt: text,
  seed: identifier,
  actions: texts,
  /** LegNext's actions: the pictures that each can follow, counted from 0, or yes. */
  available_actions: anyObject,
});

const isPlace = (place: unknown): boolean => Number.isInteger(place) && Number(place) >= 0;

/** What can be done with films has the same names as with pictures, which must not be taken for it. */
const FILM_ACTIONS = new Map([
  ['extend', 'extend_video'],
  ['upscale', 'upscale_video'],
]);

/** `{upscale: [0, 1], reroll: true, pan: [0]}` as `upscale1 upscale2 reroll pan`. */
const actionsIn = (available: Readonly<Record<string, unknown>>, isFilm: boolean): string[] =>
  Object.entries(available).flatMap(([word, which]) => {
    const name = (isFilm && FILM_ACTIONS.get(word)) || word;
    const places = [which].flat().filter(isPlace);
    return name === 'upscale' || name === 'variation'
      ? places.map((place) => `${name}${Number(place) + 1}`)
      : which === true || places.length > 0
        ? [name]
        : [];
  });

/** Describe gives some prompts; Shorten gives some as well, which describe no picture, and settles on one. */
function wordsOf(read: zod.output<typeof midjourneyOutput>, taskType: string) {
  if (taskType === 'shorten') {
    return { description: '', prompts: read.prompts, finalPrompt: read.finalPrompt };
  }
  const description = read.prompts.join('\n\n') || read.description;
  const described = read.prompts.length > 0 ? read.prompts : describedPrompts(description);
  return { description, prompts: taskType === 'describe' ? described : [], finalPrompt: '' };
}

/** The result of a Midjourney task, out of its `output` on PiAPI's unified API and LegNext. */
export function midjourneyResult(output: unknown, taskType: string) {
  const read = zod.parse(midjourneyOutput, output);
  const imageUrls = read.image_urls.length > 0 ? read.image_urls : read.temporary_image_urls;
  const [only] = imageUrls;
  return {
    imageUrl: read.image_url || (imageUrls.length === 1 && only ? only : ''),
    imageUrls,
    previewUrls: read.intermediate_image_urls,
    videoUrls: read.video_urls,
    audioUrls: [],
    model3dUrl: '',
    seed: read.seed,
    ...wordsOf(read, taskType),
    actions:
      read.actions.length > 0
        ? read.actions
        : actionsIn(read.available_actions, read.video_urls.length > 0),
    output: undefined,
  };
}
