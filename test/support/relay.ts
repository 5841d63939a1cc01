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
export interface Party {
  readonly key: string;
  readonly token: string;
  readonly secret: string;
  /** The id of its connection. */
  readonly id: string;
}

let parties = 0;

/** An account that nobody else in this test file has. */
export function aParty(): Party {
  parties += 1;
  const key = `key-of-party-${parties}`;
  const token = managementToken(key);
  const secret = callbackSecretOf(token);
  return { key, token, secret, id: connectionId(secret) };
}

export interface RelayAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Read as JSON where it is JSON, else the text. */
  readonly body: unknown;
}

interface Request {
  /** Whose management token it carries. */
  readonly as?: Party;
  /** Sent as JSON, a text as it is. */
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** A relay on loopback, and a look behind it. */
export interface TestRelay {
  readonly url: string;
  readonly database: Database;
  /** Everything that it logged. */
  log(): string;
  ask(method: string, path: string, request?: Request): Promise<RelayAnswer>;
  /** Subscribes a hook. @returns its id */
  subscribe(party: Party, targetUrl: string, wish?: Record<string, unknown>): Promise<string>;
  /** Posts a callback of this connection, as the service does. */
  callback(
    party: Party,
    body: string,
    query?: Record<string, string>,
    headers?: Record<string, string>,
  ): Promise<RelayAnswer>;
  /** The deliveries of a connection, newest first. */
  deliveries(party: Party, state?: string): Promise<DeliveryRow[]>;
  /** Waits until none of its deliveries waits any more, and gives them. */
  settled(party: Party): Promise<DeliveryRow[]>;
  /** Lets the engine look for work now. */
  wake(): void;
  /** Makes everything due that waits for its time: tries again, pauses, slots. */
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

/** Starts a relay that calls this machine only. @param variables settings besides */
export async function startTestRelay(
  engine: Engine,
  variables: Record<string, string> = {},
): Promise<TestRelay> {
  const opened = await engine.open();
  const settings = readSettings({
    PORT: '0',
    RELAY_TARGETS: '127.0.0.1,localhost',
    RELAY_REQUESTS_PER_SECOND: '100000',
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

  const ask: TestRelay['ask'] = async (method, path, { as, body, headers } = {}) => {
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
  const deliveries: TestRelay['deliveries'] = async (party, state) => {
    const query = new URLSearchParams({ limit: '100', ...(state && { state }) });
    const answer = await ask('GET', `/v1/deliveries?${query}`, { as: party });
    return deliveryPage.parse(answer.body).data;
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
    ask,
    async subscribe(party, target_url, wish = {}) {
      const body = { event: 'task.finished', target_url, ...wish };
      return created.parse((await ask('POST', '/v1/hooks', { as: party, body })).body).id;
    },
    callback: (party, body, query = {}, headers = {}) =>
      ask('POST', `/v1/callbacks/${party.id}?${new URLSearchParams(query)}`, {
        body,
        headers: { 'x-webhook-secret': party.secret, ...headers },
      }),
    deliveries,
    async settled(party) {
      await until('the last delivery', async () => {
        const waiting = await deliveries(party, 'waiting');
        return waiting.length === 0;
      });
      return deliveries(party);
    },
    async hurry() {
      // A job that is worked on may yet be put off, and would be missed here.
      await until('the end of what is worked on', async () => {
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
