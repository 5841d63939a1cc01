import { mkdir } from 'node:fs/promises';
import * as zod from 'zod/mini';
import app from '../index.ts';
import { type ServiceKey, startService } from '../sandbox/start_service.ts';
import { startZapier } from '../sandbox/zapier/zapier.ts';
import type { Kept, Reporter } from './events.ts';
import { saveFile } from './save_file.ts';
import { waitingSteps } from './waiting_steps.ts';

/** Of a picture; a film takes four times as long. */
const TASK_MILLISECONDS = 1_200;

/** How a picture becomes a film at a service. */
const FILMS = [
  { service: 'apiframe', film: { model: 'kling-3.0' }, picture: 'input__start_image' },
  {
    service: 'piapi_unified',
    film: { model: 'kling', task_type: 'video_generation' },
    picture: 'input__image_url',
  },
] as const satisfies readonly {
  readonly service: ServiceKey;
  readonly film: object;
  readonly picture: string;
}[];

const picture = zod.object({ image_1_url: zod.url() });
const film = zod.object({ task_id: zod.string(), video: zod.string(), video_url: zod.url() });
const event = zod.object({ task_id: zod.string(), video_url: zod.string() });

type Film = (typeof FILMS)[number];

/** One Zap at one service: a picture, a film of it, and the film as a file. */
async function playFilm(
  { service: key, film: model, picture: field }: Film,
  prompt: string,
  folder: string,
  reporter: Reporter,
): Promise<Kept> {
  const service = await startService(key, { taskMilliseconds: TASK_MILLISECONDS });
  const zapier = await startZapier(app);
  try {
    const account = zapier.connect({ ...service.connection });
    reporter.report({ event: 'connected', account: await account.label() });
    const zap = account.zap('task_finished', { kinds: ['video'] });
    await zap.switchOn();
    reporter.report({ event: 'switched_on', zap: 'Films to Slack' });

    const run = waitingSteps({ account, reference: key }, reporter);
    const { image_1_url } = zod.parse(picture, await run('imagine', { prompt }));
    const made = zod.parse(
      film,
      await run('create_video', {
        ...model,
        input__prompt: 'slow camera move, natural light',
        [field]: image_1_url,
      }),
    );
    const { file, bytes } = await saveFile({ account, zapier }, made.video, folder, `${key}-`);
    reporter.report({ event: 'saved', file });

    await service.settled();
    await zapier.settled();
    const heard = zap.runs.map((one) => zod.parse(event, one));
    return {
      promise: `${key}: a picture became a film in one Zap, and Task Finished ran once for it`,
      kept:
        bytes > 0 &&
        heard.length === 1 &&
        heard.every(({ task_id, video_url }) => task_id === made.task_id && video_url !== ''),
    };
  } finally {
    await zapier.stop();
    await service.stop();
  }
}

/**
 * Plays a Zap from a picture to a film on two services.
 * @param folder for the films
 * @returns whether every promise was kept
 */
export async function playFilms(
  prompt: string,
  folder: string,
  reporter: Reporter,
): Promise<boolean> {
  const start = performance.now();
  await mkdir(folder, { recursive: true });
  const promises: Kept[] = [];
  for (const one of FILMS) {
    promises.push(await playFilm(one, prompt, folder, reporter));
  }
  const seconds = Math.round((performance.now() - start) / 100) / 10;
  reporter.report({ event: 'summary', promises, seconds });
  return promises.every(({ kept }) => kept);
}
