/** What can stand in the query string of a webhook URL, under these very names. */
export interface WebhookParameters {
  /** The key of the service that calls, so that a relay reads the body in its format. */
  readonly service: string;
  /** What the user wanted back with every event of the task. */
  readonly reference: string;
  /** The operation of the task, from a service whose webhooks do not say it. */
  readonly operation: string;
  /** The secret, from a service that has no header for it. */
  readonly secret: string;
  /** Another hook, or the relay, passed this event on: it must not be passed on again. */
  readonly forwarded: boolean;
  /** Nobody listens for progress, so it is dropped, though the service sends it. */
  readonly quiet: boolean;
  /** The call only asks whether the hook still answers. */
  readonly ping: boolean;
  /** The relay asks about this task, whose end has not come. */
  readonly overdue: string;
  /** The callback URL of a step that waits for the end of the task. */
  readonly resume: string;
  /** The step waits for all tasks of this group. */
  readonly group: string;
  /** How many tasks the group has. */
  readonly group_size: number | undefined;
}

/** Begins a value that is encoded once more than a query string needs. */
const ENCODED = '%:';

/**
 * Core blanks `{{…}}` in every URL that goes through `z.request`, after it has decoded the URL once.
 * So a value that holds it is encoded twice.
 */
const encoded = (value: string): string =>
  value.includes('{{') || value.startsWith(ENCODED)
    ? ENCODED + value.replace(/[%{}]/g, encodeURIComponent)
    : value;

const decoded = (value: string): string =>
  value.startsWith(ENCODED)
    ? value.slice(ENCODED.length).replace(/%(25|7b|7d)/gi, decodeURIComponent)
    : value;

const textOf = (value: string | number | boolean | undefined): string =>
  value === true ? '1' : String(value || '');

/** A webhook URL with these parameters added to its query string; as it is when all are empty. */
export function withWebhookParameters(url: string, parameters: Partial<WebhookParameters>): string {
  const texts = Object.entries(parameters).map(([name, value]) => [name, textOf(value)] as const);
  const given = texts.filter(([, text]) => text !== '');
  if (given.length === 0) {
    return url;
  }
  const extended = new URL(url);
  for (const [name, text] of given) {
    extended.searchParams.set(name, encoded(text));
  }
  return extended.href;
}

/** The parameters in a query string; those that are not there are '', false or undefined. */
export function readWebhookParameters(querystring: string): WebhookParameters {
  const query = new URLSearchParams(querystring);
  const text = (name: keyof WebhookParameters): string => decoded(query.get(name) ?? '');
  return {
    service: text('service'),
    reference: text('reference'),
    operation: text('operation'),
    secret: text('secret'),
    forwarded: query.has('forwarded'),
    quiet: query.has('quiet'),
    ping: query.has('ping'),
    overdue: text('overdue'),
    resume: text('resume'),
    group: text('group'),
    group_size: Number(text('group_size')) || undefined,
  };
}
