import { PNG } from 'pngjs';
import * as zod from 'zod/mini';
import { startApiframe } from '../../../sandbox/apiframe/apiframe.ts';
import { SANDBOX_KEY, type ServiceSettings } from '../../../sandbox/service/settings.ts';
import { jsonCalls } from '../json_calls.ts';

const accepted = zod.object({ jobId: zod.uuid(), status: zod.literal('QUEUED') });

export const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';

/** A stand-in for APIFRAME with short tasks and a second account, `other`, and the calls that tests make to it. */
export async function startClient(settings: Partial<ServiceSettings> = {}) {
  const apiframe = await startApiframe({ taskMilliseconds: 40, ...settings });
  apiframe.settings.accounts.other = { name: 'Other', plan: 'free', credits: 100 };
  const call = jsonCalls(apiframe.url);

  const get = (path: string, key?: string) => call('GET', `/v2/${path}`, undefined, key);
  const post = (route: string, body: unknown, key?: string, headers?: Record<string, string>) =>
    call('POST', `/v2/${route}`, body, key, headers);

  /** Starts a job. @returns its id */
  async function create(route: string, body: object, key?: string): Promise<string> {
    const answer = await post(route, body, key);
    expect(answer.status).toBe(202);
    return accepted.parse(answer.body).jobId;
  }

  /** Starts a job and waits for its end. @returns its id */
  async function finish(route: string, body: object): Promise<string> {
    const id = await create(route, body);
    await apiframe.settled();
    return id;
  }

  const imagine = (fields: object = {}) =>
    finish('images/generate', { model: 'midjourney', prompt: 'a dog', ...fields });

  const act = (action: string, parentJobId: string, fields: object = {}, key?: string) =>
    post('images/midjourney/action', { action, parentJobId, ...fields }, key);

  /** Follows a job up and waits for the end. @returns its id */
  const followUp = (action: string, parentJobId: string, fields: object = {}) =>
    finish('images/midjourney/action', { action, parentJobId, ...fields });

  const job = async (id: string): Promise<unknown> => (await get(`jobs/${id}`)).body;
  const credits = () => apiframe.settings.accounts[SANDBOX_KEY]?.credits;

  return { apiframe, get, post, create, finish, imagine, act, followUp, job, credits };
}

export type Client = Awaited<ReturnType<typeof startClient>>;

/** Base64 of a PNG of this size. */
export const pngOf = (width: number, height = width): string =>
  PNG.sync.write(new PNG({ width, height })).toString('base64');

/** A body for every route, which it accepts; those of follow-ups are left out. */
export const BODIES: Readonly<Record<string, object>> = {
  'images/generate': { model: 'flux-2-pro', prompt: 'a dog', fluxParams: { seed: 7 } },
  'images/upscale': {
    model: 'topaz-image-upscale',
    topazUpscaleParams: { image: 'https://example.com/a.png' },
  },
  'images/edit': {
    model: 'flux-fill-pro',
    fluxFillParams: { image: 'https://example.com/a.png', mode: 'inpaint', prompt: 'a cat' },
  },
  'images/background-remove': {
    model: 'bria-bg-remove',
    briaBgRemoveParams: { image: 'https://example.com/a.png' },
  },
  'videos/generate': { model: 'kling-2.6', prompt: 'a dog runs' },
  'videos/upscale': {
    model: 'topaz-video-upscale',
    topazVideoParams: {
      video: 'https://example.com/a.mp4',
      target_fps: 30,
      target_resolution: '1080p',
    },
  },
  'videos/edit': {
    model: 'wan-2.7-videoedit',
    prompt: 'at night',
    wan27VideoeditParams: { video: 'https://example.com/a.mp4' },
  },
  'music/generate': { model: 'suno', prompt: 'a song about a dog' },
};
