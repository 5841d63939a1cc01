import * as zod from 'zod';
import { readTargets, type Targets } from './targets.ts';

/** What a relay runs with. */
export interface Settings {
  readonly host: string;
  readonly port: number;
  /** A PostgreSQL, or undefined for the embedded PGlite. */
  readonly databaseUrl: string | undefined;
  readonly poolSize: number;
  /** Where PGlite keeps its files; `memory` keeps nothing. */
  readonly dataFolder: string;
  readonly targets: Targets;
  /** What switching a Zap on must present; undefined lets everybody. */
  readonly accessToken: string | undefined;
  readonly retentionDays: number;
  /** Requests of one connection to one instance. */
  readonly requestsPerSecond: number;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
}

const whole = (least: number, most: number, otherwise: number) =>
  zod.coerce
    .number({ error: `must be a whole number from ${least} to ${most}` })
    .refine((value) => Number.isInteger(value) && value >= least && value <= most, {
      error: `must be a whole number from ${least} to ${most}`,
    })
    .default(otherwise);

const isPostgres = (url: string): boolean =>
  URL.canParse(url) && /^postgres(ql)?:$/.test(new URL(url).protocol);

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

const environment = zod.object({
  HOST: zod.string().default('127.0.0.1'),
  PORT: whole(0, 65_535, 8090),
  DATABASE_URL: zod
    .string()
    .refine(isPostgres, {
      error: 'must be an address such as postgres://user:password@host:5432/database',
    })
    .optional(),
  DATABASE_POOL: whole(2, 200, 12),
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
  RELAY_RETENTION_DAYS: whole(3, 365, 7),
  RELAY_REQUESTS_PER_SECOND: whole(1, 1_000_000, 100),
  LOG_LEVEL: zod
    .enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(', ')}` })
    .default('info'),
});

/** A setting that cannot be used, named. */
export class WrongSetting extends Error {
  override readonly name = 'WrongSetting';
}

/**
 * Reads the settings from environment variables; an empty one counts as not set.
 * @throws WrongSetting with one line for each that cannot be used
 */
export function readSettings(variables: Record<string, string | undefined>): Settings {
  const set = Object.entries(variables).filter(([, value]) => value?.trim());
  const { success, data, error } = environment.safeParse(Object.fromEntries(set));
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
    retentionDays: data.RELAY_RETENTION_DAYS,
    requestsPerSecond: data.RELAY_REQUESTS_PER_SECOND,
    logLevel: data.LOG_LEVEL,
  };
}
