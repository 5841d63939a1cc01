import { setTimeout as pause } from 'node:timers/promises';
import app from '../index.ts';
import { startSandboxRelay } from '../sandbox/relay/relay.ts';
import { type ServiceKey, startService } from '../sandbox/start_service.ts';
import { type Connection, startZapier } from '../sandbox/zapier/zapier.ts';
import { startHeldZap } from './held_zap.ts';

/** A relay with two clients whose tasks come in, and its page. */
export interface BoardStory {
  /** The address of the page. */
  readonly url: string;
  /** What a person signs in with. */
  readonly keys: readonly string[];
  /** Whose keys these are. */
  readonly names: readonly string[];
  readonly operatorToken: string;
  stop(): Promise<void>;
}

const TASK_MILLISECONDS = 2_500;

/** At first several at once, so that there is something to see. */
const FIRST_TASKS = 5;
const NEXT_TASK_MILLISECONDS = 5_000;

const OPERATOR_TOKEN = 'demo-operator-token-for-this-machine';

const CLIENTS = [
  {
    key: 'demo-bakery',
    name: 'Bakery',
    prompts: [
      'croissants on a marble counter, morning light --ar 4:3',
      'sourdough loaf, flour in the air, dark background',
      'wedding cake with figs and thyme, film photograph',
      'window of a small bakery in winter, warm light inside --ar 3:2',
    ],
  },
  {
    key: 'demo-studio',
    name: 'Film Studio',
    prompts: [
      'red fox in fresh snow, morning light',
      'knight covered in blood, cinematic',
      'lighthouse in a storm, oil painting --ar 3:2',
      'city of glass at night, rain, wide shot --ar 16:9',
    ],
  },
] as const;

async function startNext(accounts: readonly Connection[], number: number): Promise<void> {
  const index = number % CLIENTS.length;
  const prompts = CLIENTS[index]?.prompts ?? [];
  await accounts[index]?.create('imagine', {
    prompt: prompts[Math.floor(number / CLIENTS.length) % prompts.length],
    reference: `row-${number + 1}`,
  });
}

/** Tasks are started one after the other until it is stopped. */
export async function playBoard(serviceKey: ServiceKey): Promise<BoardStory> {
  const account = (name: string) => ({ name, plan: 'pro' as const, credits: 50_000 });
  const service = await startService(serviceKey, {
    taskMilliseconds: TASK_MILLISECONDS,
    accounts: Object.fromEntries(CLIENTS.map(({ key, name }) => [key, account(name)])),
  });
  const relay = await startSandboxRelay({ RELAY_OPERATOR_TOKEN: OPERATOR_TOKEN });
  const zapier = await startZapier(app, { environment: { RELAY_URL: relay.url } });
  const accounts = CLIENTS.map(({ key }) =>
    zapier.connect({ ...service.connection, api_key: key }),
  );
  const stopped = new AbortController();

  for (const one of accounts) {
    await one.zap('task_finished').switchOn();
    if (service.reportsProgress) {
      await one.zap('task_progress').switchOn();
    }
  }
  const held = await startHeldZap(relay, CLIENTS[0].key);

  const play = async (): Promise<void> => {
    for (let number = 0; !stopped.signal.aborted; number += 1) {
      await startNext(accounts, number);
      if (number >= FIRST_TASKS) {
        await pause(NEXT_TASK_MILLISECONDS, undefined, { signal: stopped.signal });
      }
    }
  };
  const playing = play().catch((error: unknown) => {
    if (!stopped.signal.aborted) {
      throw error;
    }
  });

  return {
    url: `${relay.url}/board`,
    keys: CLIENTS.map(({ key }) => key),
    names: CLIENTS.map(({ name }) => name),
    operatorToken: OPERATOR_TOKEN,
    async stop() {
      stopped.abort();
      await playing;
      await held.stop();
      await service.stop();
      await zapier.stop();
      await relay.stop();
    },
  };
}
