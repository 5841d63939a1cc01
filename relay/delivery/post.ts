import type { Dispatcher } from 'undici';
import { SIGNATURE_HEADER } from '../../delivery/passed_on.ts';

export const TIMEOUT_MILLISECONDS = 15_000;

/** What goes to a hook or to a callback URL. */
export interface Posted {
  readonly secret: string;
  /** '' for none. */
  readonly signature: string;
  readonly body: string;
}

/** One POST; follows no redirects. Rejects when there is no answer in time. */
export const post = (
  dispatcher: Dispatcher,
  url: URL,
  { secret, signature, body }: Posted,
): Promise<Dispatcher.ResponseData> =>
  dispatcher.request({
    origin: url.origin,
    path: url.pathname + url.search,
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-webhook-secret': secret,
      ...(signature !== '' && { [SIGNATURE_HEADER]: signature }),
    },
    body,
    signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
  });
