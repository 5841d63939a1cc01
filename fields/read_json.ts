const AROUND = 15;

/** Line breaks and tabs of a value that was mapped into a text of JSON, as JSON writes them. */
function withoutLineBreaks(text: string): string {
  let inText = false;
  let isEscaped = false;
  return [...text]
    .map((letter) => {
      if (inText && letter < ' ') {
        return JSON.stringify(letter).slice(1, -1);
      }
      if (letter === '"' && !isEscaped) {
        inText = !inText;
      }
      isEscaped = letter === '\\' && !isEscaped;
      return letter;
    })
    .join('');
}

/** Where it cannot be read; the engine says it in its own words. */
function problemAt(text: string, error: unknown): string {
  const place = Number(/position (\d+)/.exec(String(error))?.[1] ?? text.length);
  const near = text
    .slice(Math.max(0, place - AROUND), place + AROUND)
    .replace(/\s+/g, ' ')
    .trim();
  return `It cannot be read near \`${near}\`. A quotation mark inside a value needs a backslash before it, \\", and values that are mapped may hold one.`;
}

/** What a text of JSON says, or what is wrong with it. */
export function readJson(
  text: string,
):
  | { readonly json: unknown; readonly problem?: never }
  | { readonly json?: never; readonly problem: string } {
  const mended = withoutLineBreaks(text);
  try {
    return { json: JSON.parse(mended) };
  } catch (error) {
    return { problem: problemAt(mended, error) };
  }
}
