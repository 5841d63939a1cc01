import { PNG } from 'pngjs';
import type { Operation } from '../../midjourney/operations.ts';
import type { ServiceKey } from '../../sandbox/start_service.ts';
import { type HttpServer, startHttpServer } from './http_server.ts';
import type { Worlds } from './worlds.ts';

/** A finished grid of four, and one of its pictures upscaled: the parents of follow-ups. */
export interface Parents {
  readonly grid: string;
  readonly single: string;
  /** Four videos, where the service makes them. */
  readonly film?: string;
}

export async function finishedParents({ account, settled }: Worlds): Promise<Parents> {
  const grid = await account.create('imagine', { prompt: 'red fox', process_mode: 'fast' });
  await settled();
  const single = await account.create('upscale', {
    origin_task_id: grid.output.task_id,
    index: '1',
  });
  await settled();
  return { grid: String(grid.output.task_id), single: String(single.output.task_id) };
}

/** The same with a task that made four videos. */
export async function withFilm(parents: Parents, { account, settled }: Worlds): Promise<Parents> {
  const film = await account.create('video', { origin_task_id: parents.grid, index: '1' });
  await settled();
  return { ...parents, film: String(film.output.task_id) };
}

/** A film of another model, as the services that run any model take it. */
export const runTaskInput = (service: ServiceKey): Record<string, unknown> =>
  service === 'apiframe'
    ? { model: 'kling-3.0', task_type: 'videos/generate', input: { prompt: 'red fox' } }
    : { model: 'kling', task_type: 'video_generation', input: { prompt: 'red fox' } };

/** A model for each step that runs other models, as far as the service has one. */
const modelInputs = (service: ServiceKey, picture: string) => {
  const isApiframe = service === 'apiframe';
  return {
    create_video: {
      model: isApiframe ? 'veo-3.1' : 'luma',
      task_type: isApiframe ? '' : 'video_generation',
      input__prompt: 'red fox in fresh snow',
    },
    create_image: {
      model: isApiframe ? 'nano-banana-2' : 'gemini',
      task_type: isApiframe ? '' : 'nano-banana-2',
      input__prompt: 'red fox in fresh snow',
    },
    create_audio: isApiframe
      ? { model: 'suno', task_type: 'music/generate', input__prompt: 'calm piano, soft rain' }
      : {
          model: 'music-u',
          task_type: 'generate_music',
          input__gpt_description_prompt: 'calm piano, soft rain',
        },
    create_3d_model: { model: 'Qubico/pixal3d', input__image: picture },
    edit_media: isApiframe
      ? { model: 'topaz-image-upscale', input__image: picture }
      : { model: 'Qubico/image-toolkit', task_type: 'upscale', input__image: picture },
  };
};

/** A valid input for each operation, with these parents. */
export const inputsOf = (
  { grid, single, film = grid }: Parents,
  picture: string,
  service: ServiceKey,
): Record<Operation, Record<string, unknown>> => ({
  imagine: { prompt: 'red fox in fresh snow', process_mode: 'fast' },
  upscale: { origin_task_id: grid, index: '2' },
  variation: { origin_task_id: grid, index: 3 },
  reroll: { origin_task_id: grid },
  describe: { image_url: picture },
  blend: { image_urls: [picture, picture], dimension: 'portrait' },
  seed: { origin_task_id: grid },
  pan: { origin_task_id: single, direction: 'left' },
  outpaint: { origin_task_id: single, zoom_ratio: 1.5 },
  inpaint: { origin_task_id: single, mask: picture, prompt: 'a red scarf' },
  remix: { origin_task_id: grid, index: '2', prompt: 'a blue fox, watercolour' },
  enhance: { origin_task_id: grid, index: 'Image 2' },
  retexture: { image_url: picture, prompt: 'a marble statue' },
  remove_background: { image_url: picture },
  shorten: { prompt: 'a very beautiful red fox in deep fresh snow in the soft light of a morning' },
  video: { origin_task_id: grid, index: '3', motion: 'high', resolution: 'hd' },
  extend_video: { origin_task_id: film, index: '2', prompt: 'the fox runs away' },
  upscale_video: { origin_task_id: film, index: '1' },
  ...modelInputs(service, picture),
  run_task: runTaskInput(service),
});

/**
 * A server on loopback that gives one PNG under any path, and the URL of one.
 * @param side in pixels: as large as the stand-ins' pictures, it will do as a mask
 */
export async function startPictures(side = 256): Promise<HttpServer> {
  const png = PNG.sync.write(new PNG({ width: side, height: side }));
  const { url, stop } = await startHttpServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'image/png' }).end(png);
  });
  return { url: `${url}/fox.png`, stop };
}
