import { Writable } from 'node:stream';
import { z as zod } from 'zod';
import { callbackSecretOf, connectionId, managementToken } from '../../delivery/secret.ts';
import { type Database, openDatabase } from '../../relay/database.ts';
import { startRelayOn } from '../../relay/relay.ts';
import { readSettings } from '../../relay/settings.ts';
import { type DeliveryRow, deliveryRow } from '../../relay/store/deliveries.ts';
import type { Engine } from './engines.ts';
import { until } from './until.ts';

/** An account as a relay knows it. */
export interface Account {
  readonly key: string;
  readonly token: string;
  readonly secret: string;
  /** The id of its connection. */
  readonly id: string;
}

let accounts = 0;

/** A new account, which no other test uses. */
export function anAccount(): Account {
  accounts += 1;
  const key = `key-of-account-${accounts}`;
  const token = managementToken(key);
  const secret = callbackSecretOf(token);
  return { key, token, secret, id: connectionId(secret) };
}

export interface RelayAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed where it is JSON, else the text. */
  readonly body: unknown;
}

interface Request {
  /** The account whose management token it carries. */
  readonly as?: Account;
  /** A string is sent unchanged, anything else as JSON. */
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** A relay on loopback, with its database and its log. */
export interface TestRelay {
  readonly url: string;
  readonly database: Database;
  /** Everything that it logged. */
  log(): string;
  request(method: string, path: string, request?: Request): Promise<RelayAnswer>;
  /** Subscribes a hook. @returns its id */
  subscribe(
    account: Account,
    targetUrl: string,
    options?: Record<string, unknown>,
  ): Promise<string>;
  /** Makes the account known to the relay, as its first step does. */
  introduce(account: Account): Promise<void>;
  /** Posts a callback for this account, as the service does; it is introduced first. */
  callback(
    account: Account,
    body: string,
    query?: Record<string, string>,
    headers?: Record<string, string>,
  ): Promise<RelayAnswer>;
  /** The deliveries of an account, newest first. */
  deliveries(account: Account, state?: string): Promise<DeliveryRow[]>;
  /** Waits until no delivery of the account is waiting. @returns all its deliveries */
  settled(account: Account): Promise<DeliveryRow[]>;
  /** Makes pg-boss look for jobs now. */
  wake(): void;
  /** Makes everything due now that waits for its time: retries, pauses, slots. */
  hurry(): Promise<void>;
  stop(): Promise<void>;
}

const readBody = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

const created = zod.object({ id: zod.string() });
const deliveryPage = zod.object({ data: zod.array(deliveryRow) });

/** Starts a relay that calls this machine only. @param variables additional settings */
export async function startTestRelay(
  engine: Engine,
  variables: Record<string, string> = {},
): Promise<TestRelay> {
  const opened = await engine.open();
  const settings = readSettings({
    PORT: '0',
    RELAY_TARGETS: '127.0.0.1,localhost',
    RELAY_REQUESTS_PER_SECOND: '100000',
    RELAY_EVENTS_PER_MINUTE: '10000000',
    DATABASE_POOL: '8',
    ...opened.variables,
    ...variables,
  });
  const lines: string[] = [];
  const log = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const database = await openDatabase(settings, opened.contents);
  const { url, stop } = await startRelayOn(database, settings, log);

  const request: TestRelay['request'] = async (method, path, { as, body, headers } = {}) => {
    const response = await fetch(url + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(as && { authorization: `Bearer ${as.token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return {
      status: response.status,
      headers: response.headers,
      body: readBody(await response.text()),
    };
  };
  const deliveries: TestRelay['deliveries'] = async (account, state) => {
    const query = new URLSearchParams({ limit: '100', ...(state && { state }) });
    const answer = await request('GET', `/v1/deliveries?${query}`, { as: account });
    return deliveryPage.parse(answer.body).data;
  };
  const introduced = new Map<string, Promise<void>>();
  /** As a step does, but without a request, which would count. */
  const introduce = ({ id }: Account): Promise<void> => {
    const introducing =
      introduced.get(id) ??
      database
        .run('insert into relay.connection (id) values ($1) on conflict do nothing', [id])
        .catch(() => undefined);
    introduced.set(id, introducing);
    return introducing;
  };
  const wake = () => {
    for (const worker of database.boss.getWipData()) {
      database.boss.notifyWorker(worker.id);
    }
  };
  return {
    url,
    database,
    wake,
    log: () => lines.join(''),
    request,
    async subscribe(account, target_url, options = {}) {
      const body = { event: 'task.finished', target_url, ...options };
      return created.parse((await request('POST', '/v1/hooks', { as: account, body })).body).id;
    },
    introduce,
    async callback(account, body, query = {}, headers = {}) {
      await introduce(account);
      return request('POST', `/v1/callbacks/${account.id}?${new URLSearchParams(query)}`, {
        body,
        headers: { 'x-webhook-secret': account.secret, ...headers },
      });
    },
    deliveries,
    async settled(account) {
      await until('the last delivery', async () => {
        const waiting = await deliveries(account, 'waiting');
        return waiting.length === 0;
      });
      return deliveries(account);
    },
    async hurry() {
      // A job that runs now may still be postponed, and the statements below would miss it.
      await until('the end of running jobs', async () => {
        const [active] = await database.rows(
          zod.object({ count: zod.number() }),
          `select count(*)::integer as count from pgboss.job
           where name = 'deliver' and state = 'active'`,
        );
        return active?.count === 0;
      });
      await database.run('update relay.delivery set not_before = now()');
      await database.run('update relay.target set next_slot = now()');
      await database.run(
        `update pgboss.job set start_after = now(), data = data - 'slot'
         where name = 'deliver' and state in ('created', 'retry')`,
      );
      wake();
    },
    async stop() {
      try {
        await stop();
      } finally {
        await opened.drop();
      }
    },
  };
}
