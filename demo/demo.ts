import path from 'node:path';
import { parseArgs } from 'node:util';
import { createLogUpdate } from 'log-update';
import { isServiceKey, SERVICE_KEYS, type ServiceKey } from '../sandbox/start_service.ts';
import { playBoard } from './board_story.ts';
import { playFilms } from './film_story.ts';
import { jsonReporter } from './json_reporter.ts';
import { liveReporter, type Screen } from './live_reporter.ts';
import { play } from './story.ts';

const USAGE = `npm run demo -- [--json] [--prompt "red fox in fresh snow"]… [--speed relax|fast|turbo] [--service ${SERVICE_KEYS.join('|')}] [--relay] [--story video] [--board]`;

const PROMPTS = [
  'red fox in fresh snow, morning light',
  'lighthouse in a storm, oil painting --ar 3:2',
  'knight covered in blood, cinematic',
];

const write = (text: string): void => {
  process.stdout.write(text);
};

/** Each line cut to the width of the terminal: a bar that wraps could not be redrawn in place. */
const cut = (text: string): string =>
  text
    .split('\n')
    .map((line) => [...line].slice(0, process.stdout.columns - 1).join(''))
    .join('\n');

/** Bars redrawn in place below the lines on a terminal; lines alone anywhere else. */
function screen(): Screen {
  if (!process.stdout.isTTY) {
    return { line: (text) => write(`${text}\n`) };
  }
  const update = createLogUpdate(process.stdout);
  let frame = '';
  return {
    line(text) {
      update.clear();
      write(`${text}\n`);
      update(frame);
    },
    frame(text) {
      frame = cut(text);
      update(frame);
    },
  };
}

/** Until it is stopped. */
async function showBoard(service: ServiceKey): Promise<void> {
  const story = await playBoard(service);
  const keys = story.keys.join(' or ');
  write(`The board: ${story.url}\nSign in with the API key ${keys}.\n`);
  write(`As the one who runs the relay: ${story.operatorToken}\nCtrl+C stops it.\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void story.stop().then(() => process.exit()));
  }
}

// Whoever reads may stop early, as `head` does.
process.stdout.on('error', () => process.exit());

try {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      prompt: { type: 'string', multiple: true, default: PROMPTS },
      speed: { type: 'string', default: 'fast' },
      relay: { type: 'boolean', default: false },
      board: { type: 'boolean', default: false },
      service: { type: 'string' },
      story: { type: 'string', default: 'pictures' },
    },
  });
  const { board } = values;
  const { service = board ? 'apiframe' : 'piapi_v2' } = values;
  if (!isServiceKey(service)) {
    throw new Error(`There is no service ${service}.`);
  }
  if (!['pictures', 'video'].includes(values.story)) {
    throw new Error(`There is no story ${values.story}.`);
  }
  const pictures = path.resolve(import.meta.dirname, '..', 'pictures');
  const reporter = values.json ? jsonReporter(write) : liveReporter(screen());
  const { prompt: prompts, speed, relay } = values;
  if (board) {
    await showBoard(service);
  } else {
    const kept =
      values.story === 'video'
        ? await playFilms(prompts[0] ?? '', pictures, reporter)
        : await play({ prompts, speed, relay, service, pictures }, reporter);
    process.exitCode = kept ? 0 : 1;
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n${USAGE}\n`);
  process.exitCode = 1;
}
