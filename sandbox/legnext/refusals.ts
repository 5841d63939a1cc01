import type { Refusal } from '../service/refusal.ts';
import type { Answer } from '../service/server.ts';

/**
 * How LegNext words a refusal: a create as a job that has failed, any other call and a body that
 * it cannot read as `{code, message}`.
 */
export function legnextRefusal({ statusCode, message, refuses }: Refusal): Answer {
  const error = { code: statusCode, raw_message: message, message, detail: null };
  if (refuses !== 'create') {
    return { status: statusCode, body: error };
  }
  const body = {
    job_id: '',
    model: 'midjourney',
    task_type: '',
    status: 'failed',
    config: { service_mode: '', webhook_config: { endpoint: '', secret: '' } },
    input: null,
    output: null,
    meta: {},
    detail: null,
    logs: [],
    error,
  };
  return { status: statusCode, body };
}
