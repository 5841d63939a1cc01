import type { TaskStatus } from './stored_task.ts';

/** Where a task's webhooks go. */
export interface WebhookFields {
  readonly endpoint: string;
  /** Sent in the header `x-webhook-secret`; '' for none. */
  readonly secret: string;
  /** Also while it is worked on, not only at its end. */
  readonly progress: boolean;
  /** The ends that it reports; both where the API gives no choice. */
  readonly ends?: readonly TaskStatus[];
}

/** What is wrong with an address for webhooks; undefined when it will do. */
export function objectionTo(endpoint: string): string | undefined {
  const url = URL.parse(endpoint);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    return 'must be an http or https URL';
  }
  // A hook on this machine gets a free port, so the service's rule is for other hosts only.
  const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  return loopback || ['', '80', '443'].includes(url.port) ? undefined : 'must use port 80 or 443';
}
