import * as zod from 'zod/mini';

const jsonObject = zod.record(zod.string(), zod.unknown());
const jsonList = zod.array(zod.unknown());
const FORM = 'application/x-www-form-urlencoded';

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Names with brackets stay as they are; a value that holds a JSON object or list is parsed. */
function formFields(content: string): Record<string, unknown> {
  const fields = [...new URLSearchParams(content)].map(([name, text]) => {
    const value = parsedJson(text);
    return [name, typeof value === 'object' && value !== null ? value : text];
  });
  return Object.fromEntries(fields);
}

/**
 * bundle.cleanedRequest: the fields of a JSON object or of a form, with the query string beside
 * them, or a JSON list as it is, without it (zapier/zapier-platform#28; "Using the Webhooks" in
 * zapier/visual-builder's legacy documentation).
 */
export function cleanedRequest(
  content: string,
  contentType: string,
  querystring: string,
): Record<string, unknown> | unknown[] {
  const query = { querystring: Object.fromEntries(new URLSearchParams(querystring)) };
  if (content === '') {
    return query;
  }
  if (contentType.startsWith(FORM)) {
    return { ...formFields(content), ...query };
  }
  const json = parsedJson(content);
  const list = jsonList.safeParse(json);
  if (list.success) {
    return list.data;
  }
  const object = jsonObject.safeParse(json);
  // A guess: how Zapier reads other bodies, XML among them, is not documented.
  return { ...(object.success ? object.data : { raw: content }), ...query };
}
