import * as zod from 'zod';
import { asSentence } from '../../midjourney/failure.ts';
import type { Reader } from '../database.ts';
import { hostOf } from './deliveries.ts';
import { iso } from './iso.ts';
import { connectionsIn, isInScope, type Scope } from './scope.ts';

export const ATTENTION_KINDS = [
  'dead_letters',
  'failing_hook',
  'overdue_tasks',
  'over_quota',
] as const;
export type AttentionKind = (typeof ATTENTION_KINDS)[number];

/** Something that needs somebody. */
export const attentionRow = zod.object({
  id: zod.string().describe('The same until another day adds to the matter.'),
  kind: zod.enum(ATTENTION_KINDS),
  connection: zod.string(),
  name: zod.string().describe("The operator's name for the connection."),
  subject: zod.string().describe('The host of the Zap, the id of the oldest task, or the quota.'),
  hook_id: zod.nullable(zod.string()),
  count: zod.number(),
  since: zod.string(),
  answer: zod.string().describe('What the target answered last.'),
  message: zod.string().describe('What it is.'),
  advice: zod.string().describe('What to do.'),
  can_retry: zod.boolean(),
});
export type Attention = zod.output<typeof attentionRow>;

const foundRow = attentionRow
  .omit({ id: true, message: true, advice: true, can_retry: true })
  .extend({ latest: zod.string() });

/** An attempt or two may fail at any time; after so many a hook is worth a look. */
const MANY_ATTEMPTS = 3;

const MOST_MATTERS = 200;

/** How long a Zap that was asked about a task has, and the relay to ask. */
const PATIENCE_MINUTES = 5;

/** Deliveries of one kind, a row for each hook; those of steps that wait together. */
const deliveries = (kind: AttentionKind, condition: string): string => `
  select '${kind}' as kind, found.connection, ${hostOf('newest.target_url')} as subject,
    found.hook_id::text, found.count, found.since, newest.created_at as latest, newest.answer
  from (
    select connection, hook_id, count(*)::integer as count, min(created_at) as since, max(id) as newest
    from relay.delivery where ${condition} and ${isInScope('connection', '$1')}
    group by connection, hook_id
  ) as found join relay.delivery as newest on newest.id = found.newest`;

/** Asked about some minutes ago, without an answer; or not asked, for there is no Zap to ask. */
const OVERDUE = `
  select 'overdue_tasks' as kind, connection, (array_agg(task_id order by started_at))[1] as subject,
    null as hook_id, count(*)::integer as count, min(started_at) as since,
    max(started_at) as latest, '' as answer
  from relay.started where ${isInScope('connection', '$1')}
    and (worry_at < now() - interval '${PATIENCE_MINUTES} minutes'
      or worry_at - pause between started_at + interval '1 second'
        and now() - interval '${PATIENCE_MINUTES} minutes')
  group by connection`;

const OVER_QUOTA = `
  select 'over_quota' as kind, id as connection, over_quota as subject, null as hook_id,
    1 as count, over_quota_at as since, over_quota_at as latest, '' as answer
  from relay.connection
  where ${isInScope('id', '$1')} and over_quota_at > now() - interval '1 hour'`;

const READ = `
  select found.kind, found.connection, coalesce(connection.name, '') as name, found.subject,
    found.hook_id, found.count, ${iso('found.since')}, ${iso('found.latest')}, found.answer
  from (
    ${deliveries('dead_letters', `state = 'dead'`)}
    union all ${deliveries('failing_hook', `state = 'waiting' and attempts >= ${MANY_ATTEMPTS}`)}
    union all ${OVERDUE}
    union all ${OVER_QUOTA}
  ) as found left join relay.connection on connection.id = found.connection
  order by found.since desc limit ${MOST_MATTERS}`;

const counted = (count: number, one: string, many: string): string =>
  count === 1 ? `one ${one}` : `${count.toLocaleString('en-US')} ${many}`;

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const QUOTAS: ReadonlyMap<string, string> = new Map([
  ['too_many_events', 'there were too many in a minute'],
  ['too_many_deliveries', 'they came to too many deliveries in a minute'],
  ['too_much_kept', 'it has as much in store as it may'],
]);

type Found = Omit<zod.output<typeof foundRow>, 'latest'>;

/** What each is, and what to do about it: a sentence or two each. */
const WORDS: Readonly<
  Record<AttentionKind, (found: Found) => { message: string; advice: string }>
> = {
  dead_letters: ({ count, subject, answer, hook_id }) => ({
    message: asSentence(
      `${upper(counted(count, 'event', 'events'))} could not be delivered to ${hook_id === null ? 'a step that waits' : 'a Zap'} at ${subject} for a day and a half${answer && `; it answered ${answer}`}`,
    ),
    advice: 'Mend the Zap, then deliver again.',
  }),
  failing_hook: ({ count, subject, answer, hook_id }) => ({
    message: asSentence(
      `${hook_id === null ? 'A step that waits' : 'A Zap'} at ${subject} has not taken ${counted(count, 'event', 'events')} in ${MANY_ATTEMPTS} attempts or more${answer && `; it answered ${answer}`}`,
    ),
    advice:
      'Look whether the Zap is on and not held. The relay goes on trying; deliver again once it is mended.',
  }),
  overdue_tasks: ({ count, subject }) => ({
    message: `The end of ${counted(count, 'task', 'tasks')} has not come in time; the oldest is ${subject}.`,
    advice:
      'A Zap that starts with Task Finished has to be on, so that the relay can ask it. If one is, look at the task at the service.',
  }),
  over_quota: ({ subject }) => ({
    message: `Events of this connection were refused: ${QUOTAS.get(subject) ?? 'it is over a quota'}. The service sends them again for a while.`,
    advice: 'Find out what sends so much, or raise the quota in the settings of the relay.',
  }),
};

/** What needs somebody, newest first. */
export async function readAttention(sql: Reader, scope: Scope): Promise<Attention[]> {
  const rows = await sql.rows(foundRow, READ, [connectionsIn(scope)]);
  return rows.map(({ latest, ...found }) => {
    const { kind, connection, hook_id } = found;
    const id = [kind, connection, hook_id ?? '', latest.slice(0, 10)].join(':');
    const can_retry = kind === 'dead_letters' || kind === 'failing_hook';
    return { id, ...found, ...WORDS[kind](found), can_retry };
  });
}
