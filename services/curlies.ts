/**
 * `z.request` refuses bodies that hold `{{bundle.…}}` and blanks `{{…}}` in URLs, both of which
 * people's prompts and links may hold. These say the same without two braces in a row.
 */

/** JSON with `{{` as an escape; two open braces never touch in JSON outside of strings. */
export const escapeCurlies = (json: string): string => json.replaceAll('{{', '{\\u007b');

/** A URL with its braces percent-encoded. Core also fills in `{{bundle.…}}` in a file's pointer. */
export const encodeCurlies = (url: string): string => url.replace(/[{}]/g, encodeURIComponent);
