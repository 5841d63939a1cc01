const LINKS = /https?:\/\/\S+\s*/g;
const PARAMETERS = /(^|\s)--.*$/s;

/** What a prompt says, on one line without its links and parameters, cut to so many characters. */
export function promptWords(prompt: string, most: number): string {
  const words = [...prompt.replace(LINKS, '').replace(PARAMETERS, '').replace(/\s+/g, ' ').trim()];
  return words.length > most ? `${words.slice(0, most).join('').trimEnd()}…` : words.join('');
}
