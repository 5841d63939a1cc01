/** Whether a text is a link to the web, as services and outputs write them. */
export const isLink = (text: string): boolean =>
  URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

/** The same as people paste it: whole, and without a space, which would join two links. */
export const isPastedLink = (text: string): boolean =>
  /^https?:\/\/\S+$/i.test(text) && URL.canParse(text);
