import type { Due } from '../../relay/delivery/due.ts';

/** A delivery whose time has come. */
export const aDue = (target_url: string, known: Partial<Due> = {}): Due => ({
  id: '1',
  hook_id: 'hook',
  target_url,
  reference: 'row 7',
  secret: 'S-0123456789',
  body: '{"task_id":"task-1"}',
  age_seconds: 0,
  tried_seconds: 0,
  wait: 0,
  is_tried: false,
  now: 0,
  readAt: 0,
  ...known,
});
