import { directLink, isSharePage } from './direct_link.ts';

/**
 * Lists as Zaps hand them over: with holes where a column was empty, or as one text with commas or
 * line breaks, which line items become when they are mapped into one field.
 */

/** Links hold commas of their own, so a comma ends one only before a space or another link. */
const entriesIn = (text: string): string[] =>
  text
    .split(/\s+|,(?=https?:\/\/)/i)
    .flatMap((part) => (/^https?:/i.test(part) ? part.replace(/(?<!,),+$/, '') : part.split(',')))
    .filter((part) => part !== '');

const trimmed = (text: string, separator: RegExp): string[] =>
  text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');

const parts =
  (split: (text: string) => string[]) =>
  (value: unknown): unknown[] =>
    [value].flat().flatMap((part: unknown) => {
      const text = typeof part === 'number' ? String(part) : (part ?? '');
      return typeof text === 'string' ? split(text) : [text];
    });

/** The entries of a list of links, codes or ids, which have no spaces in them. */
export const listedEntries = parts(entriesIn);

/** The entries of a list of names, which may have. */
export const listedNames = parts((text) => trimmed(text, /[,;\n\r]+/));

/** The entries of a list that have commas in them, one a line. */
export const listedLines = parts((text) => trimmed(text, /[;\n\r]+/));

/** A link with a space in it, which reads as two entries: `https://a.example/red fox.png`. */
const SPACED_LINK = /https?:\/\/[^\s,]+[^\S\n\r]+(?!https?:)[^\s,]*\.\w{3,4}\b/i;

/** What to do about it. */
export const SPACED_LINK_ADVICE = 'A link has a space in it. Write %20 for it, or rename the file.';

export const SHARE_PAGE_ADVICE =
  'A link leads to a page that shows the file, not to the file. Choose the file of an earlier step, or enter a link that ends in the picture itself.';

/**
 * The same for lists that may hold links: one with a space in it, or to a page, is named; a page
 * that tells where its file is becomes the link to that.
 */
export function listedLinks(
  value: unknown,
  {
    issues,
  }: { issues: { push(issue: { code: 'custom'; message: string; input: unknown }): unknown } },
): unknown[] {
  if ([value].flat().some((part) => typeof part === 'string' && SPACED_LINK.test(part))) {
    issues.push({ code: 'custom', message: SPACED_LINK_ADVICE, input: value });
  }
  const entries = listedEntries(value);
  if (entries.some((entry) => typeof entry === 'string' && isSharePage(entry))) {
    issues.push({ code: 'custom', message: SHARE_PAGE_ADVICE, input: value });
  }
  return entries.map((entry) => (typeof entry === 'string' ? directLink(entry) : entry));
}
