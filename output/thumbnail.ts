import { promptWords } from '../midjourney/prompt_words.ts';
import type { Task } from '../midjourney/task.ts';

const LONGEST_WORDS = 80;

/** Characters that would end the text or the link of a Markdown picture. */
const inText = (words: string): string => words.replace(/[[\]\\]/g, '');
const inLink = (url: string): string =>
  url.replace(/[()\s<>]/g, (character) =>
    encodeURIComponent(character).replace('(', '%28').replace(')', '%29'),
  );

/** A task's picture in Markdown, which chat and mail steps show at once; the preview while it runs. */
export function thumbnailOf({ imageUrl, imageUrls, previewUrls, prompt, operation }: Task): string {
  const url = imageUrl || imageUrls[0] || previewUrls.at(-1) || '';
  return url && `![${inText(promptWords(prompt, LONGEST_WORDS)) || operation}](${inLink(url)})`;
}
