/** Whether a text is one whole link to the web, as services and outputs write them. */
export const isLink = (text: string): boolean => /^https?:\/\//i.test(text) && URL.canParse(text);

/** The same as people paste it: a space would join two links, or a link and a word. */
export const isPastedLink = (text: string): boolean => isLink(text) && !/\s/.test(text);
