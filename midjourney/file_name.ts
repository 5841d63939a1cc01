import { mediaFileAt, type OtherMedia } from './media_file.ts';

/** What a file is named after. */
export interface NamedPicture {
  readonly prompt: string;
  readonly taskId: string;
  readonly url: string;
  /** From 1; nothing or 0 for the grid or the single image. */
  readonly number?: number | undefined;
  /** Stands in for a prompt without Latin words: the step, or the model and its task. */
  readonly work?: string | undefined;
  /** What it is when it is no picture. */
  readonly media?: OtherMedia | undefined;
}

const LONGEST_WORDS = 60;

/** Parameters end a prompt. Phones turn their two hyphens into a dash. */
const PARAMETERS = /(^|\s)(--|[—–])\p{L}.*$/su;

const LINKS = /<?\bhttps?:\/\/\S+/gi;

/** The weights of a prompt's parts, `fox::2 snow::-.5`. */
const WEIGHTS = /::-?[\d.]*/g;

/** Letters that have no plain form in Unicode, though readers know one. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ł: 'l',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ŧ: 't',
  ŋ: 'n',
};

/** Letters and digits of ASCII with single hyphens between. Capital ß is SS, so it stays a word. */
const hyphenated = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\p{M}'’]+/gu, '')
    .toUpperCase()
    .toLowerCase()
    .replace(/[^a-z0-9]/g, (letter) => PLAIN_LETTERS[letter] ?? '-')
    .replace(/-+/g, '-')
    .replace(/^-|-$/g, '');

/** As many whole words as fit; a single word that does not fit is cut. */
function shortened(words: string): string {
  if (words.length <= LONGEST_WORDS) {
    return words;
  }
  const start = words.slice(0, LONGEST_WORDS + 1);
  const end = start.lastIndexOf('-');
  return start.slice(0, end > 0 ? end : LONGEST_WORDS);
}

let last = { prompt: '', work: '', words: '' };

/** A task has several files, so the words of the last prompt are kept. */
function wordsOf({ prompt, work = '' }: NamedPicture): string {
  if (last.words === '' || last.prompt !== prompt || last.work !== work) {
    last = { prompt, work, words: wordsIn(prompt, work) };
  }
  return last.words;
}

function wordsIn(prompt: string, work: string): string {
  const spoken = prompt.replace(PARAMETERS, '').replace(LINKS, ' ').replace(WEIGHTS, ' ');
  const words = [spoken, work].map(hyphenated).find((text) => /[a-z]/.test(text));
  return shortened(words ?? 'midjourney');
}

const USUAL_EXTENSION = { image: 'png', video: 'mp4', audio: 'mp3', model_3d: 'glb' } as const;

/** Only that of a media file: a name must never end in something that runs. */
const extensionOf = ({ url, media }: NamedPicture): string =>
  mediaFileAt(url)?.extension ?? USUAL_EXTENSION[media ?? 'image'];

/**
 * The name of a picture's file, as `red-fox-in-snow-c0d39b5a-1.png`: words of the prompt, the
 * start of the task's id, the picture's number. Letters, digits and hyphens, at most 100 characters.
 */
export function fileName(picture: NamedPicture): string {
  const id = hyphenated(picture.taskId).slice(0, 8).replace(/-$/, '');
  const number = picture.number ? hyphenated(String(picture.number)) : '';
  const name = [wordsOf(picture), id, number].filter(Boolean).join('-');
  return `${name}.${extensionOf(picture)}`;
}
