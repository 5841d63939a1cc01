import { hasEnded, type Status, type Task } from '../midjourney/task.ts';

/** What a service calls its unit, in the plural: `point` as `points`. */
export const unitNamed = (type: string): string =>
  /^(point|credit)$/i.test(type) ? `${type.toLowerCase()}s` : type.toLowerCase();

/**
 * What a task cost. Before its end a service only says what it has set aside.
 * @param used undefined where the service does not say
 */
export const cost = (
  status: Status,
  used: number | undefined,
  unit: string,
): Pick<Task, 'creditsUsed' | 'creditsUnit'> =>
  used !== undefined && hasEnded({ status })
    ? { creditsUsed: used, creditsUnit: unit }
    : { creditsUsed: undefined, creditsUnit: '' };
