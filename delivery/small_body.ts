import { NotATask } from '../services/service.ts';
import { parsedJson } from './parsed_json.ts';

/**
 * What is passed on, and kept by a relay, in bytes. A task object has a few thousand; more comes from
 * services that repeat a picture that they were given. Zapier lets up to 10 MB through.
 */
const MOST_BYTES = 256_000;

/** No prompt, link or reason is that long: it is a file in base64. */
const LONGEST_TEXT = 20_000;

/** What tells which task it is and how it stands, at all services; a read gives all else anew. */
const IDENTITY = [
  ...['timestamp', 'data', 'task_id', 'job_id', 'model', 'task_type', 'status'],
  ...['meta', 'created_at', 'started_at', 'ended_at', 'process_time'],
  ...['error', 'raw_message', 'message'],
  ...['event', 'jobId', 'progress'],
];

const isSmall = (content: string): boolean => Buffer.byteLength(content) <= MOST_BYTES;

const withoutFiles = (_key: string, value: unknown): unknown =>
  typeof value === 'string' && value.length > LONGEST_TEXT ? '' : value;

/**
 * A webhook's body with nothing in it that is too large: without files in base64, and where that is
 * not enough, only with what identifies the task. An end without its result is read anew by whoever runs for it.
 * @throws NotATask
 */
export function smallBody(content: string): string {
  if (isSmall(content)) {
    return content;
  }
  const body = parsed(content);
  const smaller = [JSON.stringify(body, withoutFiles), JSON.stringify(body, IDENTITY)].find(
    isSmall,
  );
  if (smaller === undefined) {
    throw new NotATask('It is larger than any task.');
  }
  return smaller;
}

/** @throws NotATask */
export function parsed(content: string): unknown {
  const body = parsedJson(content);
  if (body === undefined) {
    throw new NotATask('It is not JSON.');
  }
  return body;
}
