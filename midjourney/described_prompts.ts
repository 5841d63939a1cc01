/** How lists number their entries: a keycap as PiAPI sends them, or a digit with a mark. */
const NUMBER = /^\s*(?:\d\ufe0f?\u20e3|\d[.):])\s*/u;

/** Describe writes this many. */
const MOST = 4;

/** The prompts in the text of a Describe, one by one: each is a paragraph that begins with its number. */
export const describedPrompts = (description: string): string[] =>
  description
    .split(/\n\s*\n|\n(?=\s*(?:\d\ufe0f?\u20e3|\d[.):]))/u)
    .map((paragraph) => paragraph.replace(NUMBER, '').trim())
    .filter((paragraph) => paragraph !== '')
    .slice(0, MOST);
