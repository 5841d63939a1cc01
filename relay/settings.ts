import * as zod from 'zod';
import { readTargets, type Targets } from './targets.ts';

/** The relay's settings, read from environment variables. */
export interface Settings {
  readonly host: string;
  readonly port: number;
  /** URL of a PostgreSQL, or undefined for the embedded PGlite. */
  readonly databaseUrl: string | undefined;
  readonly poolSize: number;
  /** The folder of PGlite's files, or `memory` for a database that is lost at the end. */
  readonly dataFolder: string;
  readonly targets: Targets;
  /** Required to subscribe a hook; undefined: anybody may. */
  readonly accessToken: string | undefined;
  /** Of the one who runs the relay and sees all connections; undefined: nobody does. */
  readonly operatorToken: string | undefined;
  readonly retentionDays: number;
  /** Rate limit of one connection on one instance, and of one address that no known connection is at. */
  readonly requestsPerSecond: number;
  /** Of one connection on one instance. */
  readonly eventsPerMinute: number;
  readonly deliveriesPerMinute: number;
  /** Of one connection in the database. */
  readonly eventsKept: number;
  readonly bytesKept: number;
  readonly hooksKept: number;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
}

const wholeNumber = (min: number, max: number, fallback: number) =>
  zod.coerce
    .number({ error: `must be a whole number from ${min} to ${max}` })
    .refine((value) => Number.isInteger(value) && value >= min && value <= max, {
      error: `must be a whole number from ${min} to ${max}`,
    })
    .default(fallback);

const isPostgres = (url: string): boolean =>
  URL.canParse(url) && /^postgres(ql)?:$/.test(new URL(url).protocol);

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

const environment = zod.object({
  HOST: zod.string().default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535, 8090),
  DATABASE_URL: zod
    .string()
    .refine(isPostgres, {
      error: 'must be an address such as postgres://user:password@host:5432/database',
    })
    .optional(),
  DATABASE_POOL: wholeNumber(2, 200, 12),
  RELAY_DATA: zod.string().default('relay-data'),
  RELAY_TARGETS: zod
    .string()
    .default('hooks.zapier.com,zapier.com')
    .transform((text, context) => {
      const targets = readTargets(text);
      if (typeof targets === 'string') {
        context.addIssue({ code: 'custom', message: targets });
        return zod.NEVER;
      }
      return targets;
    }),
  RELAY_ACCESS_TOKEN: zod
    .string()
    .min(16, { error: 'must have at least 16 characters' })
    .optional(),
  RELAY_OPERATOR_TOKEN: zod
    .string()
    .min(32, { error: 'must have at least 32 characters' })
    .optional(),
  RELAY_RETENTION_DAYS: wholeNumber(3, 365, 7),
  RELAY_REQUESTS_PER_SECOND: wholeNumber(1, 1_000_000, 100),
  RELAY_EVENTS_PER_MINUTE: wholeNumber(1, 100_000_000, 3_000),
  RELAY_DELIVERIES_PER_MINUTE: wholeNumber(1, 100_000_000, 60_000),
  RELAY_EVENTS_KEPT: wholeNumber(1, 1_000_000_000, 300_000),
  RELAY_MEGABYTES_KEPT: wholeNumber(1, 1_000_000, 1_000),
  RELAY_HOOKS: wholeNumber(1, 100_000, 1_000),
  LOG_LEVEL: zod
    .enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(', ')}` })
    .default('info'),
});

/** A setting that cannot be used; the message names it. */
export class WrongSetting extends Error {
  override readonly name = 'WrongSetting';
}

/**
 * Reads the settings from environment variables. An empty variable counts as not set.
 * @throws WrongSetting with one line for each invalid setting
 */
export function readSettings(variables: Record<string, string | undefined>): Settings {
  const nonEmpty = Object.entries(variables).filter(([, value]) => value?.trim());
  const { success, data, error } = environment.safeParse(Object.fromEntries(nonEmpty));
  if (!success) {
    throw new WrongSetting(
      error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('\n'),
    );
  }
  return {
    host: data.HOST,
    port: data.PORT,
    databaseUrl: data.DATABASE_URL,
    poolSize: data.DATABASE_POOL,
    dataFolder: data.RELAY_DATA,
    targets: data.RELAY_TARGETS,
    accessToken: data.RELAY_ACCESS_TOKEN,
    operatorToken: data.RELAY_OPERATOR_TOKEN,
    retentionDays: data.RELAY_RETENTION_DAYS,
    requestsPerSecond: data.RELAY_REQUESTS_PER_SECOND,
    eventsPerMinute: data.RELAY_EVENTS_PER_MINUTE,
    deliveriesPerMinute: data.RELAY_DELIVERIES_PER_MINUTE,
    eventsKept: data.RELAY_EVENTS_KEPT,
    bytesKept: data.RELAY_MEGABYTES_KEPT * 1_000_000,
    hooksKept: data.RELAY_HOOKS,
    logLevel: data.LOG_LEVEL,
  };
}
