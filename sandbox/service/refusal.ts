/**
 * What a handler throws to refuse a call. Each API has its own body for it, and another for a
 * create than for the rest.
 */
export class Refusal extends Error {
  readonly statusCode: number;
  readonly refuses: 'create' | 'call';

  constructor(statusCode: number, message: string, refuses: Refusal['refuses']) {
    super(message);
    this.statusCode = statusCode;
    this.refuses = refuses;
  }
}

/** A create that starts no task. */
export function refused(message: string, statusCode = 400): Refusal {
  return new Refusal(statusCode, message, 'create');
}

/** Any other call that is not done. */
export function refusedCall(statusCode: number, message: string): Refusal {
  return new Refusal(statusCode, message, 'call');
}
