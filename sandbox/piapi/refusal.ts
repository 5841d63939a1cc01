/** An answer other than success: thrown by a handler, sent by the server's error handler. */
export class Refusal extends Error {
  readonly statusCode: number;
  readonly body: object;

  constructor(statusCode: number, message: string, body: object) {
    super(message);
    this.statusCode = statusCode;
    this.body = body;
  }
}

/** A create that starts no task, in the words of the v2 face. */
export function refused(message: string, statusCode = 400): Refusal {
  return new Refusal(statusCode, message, { task_id: '', status: 'failed', message });
}

/** A refusal in the `{code, message}` form that the rest of the API uses. */
export function refusedWithCode(code: number, message: string): Refusal {
  return new Refusal(code, message, { code, message });
}
