import type { DueDelivery } from '../../relay/delivery/due_deliveries.ts';

/** A delivery whose time has come. */
export const aDue = (target_url: string, known: Partial<DueDelivery> = {}): DueDelivery => ({
  id: '1',
  connection: 'connection',
  hook_id: 'hook',
  target_url,
  reference: 'row 7',
  operation: 'imagine',
  secret: 'S-0123456789',
  body: '{"task_id":"task-1"}',
  signature: '',
  age_seconds: 0,
  retrying_seconds: 0,
  wait: 0,
  is_in_flight: false,
  now: 0,
  readAt: 0,
  ...known,
});
