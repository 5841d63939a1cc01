import { readdirSync, readFileSync } from 'node:fs';
import { OUTPUT_FIELDS } from '../../output/output_fields.ts';
import { taskOutput } from '../../output/task_output.ts';
import { NotATask } from '../../services/service.ts';
import { SERVICES } from '../../services/services.ts';
import { differences } from '../support/key_paths.ts';

const FIXTURES = new URL('../fixtures/', import.meta.url);
const FIELDS = OUTPUT_FIELDS.map(({ key }) => key);

const recorded = readdirSync(FIXTURES)
  .flatMap((key) => readdirSync(new URL(`${key}/`, FIXTURES)).map((file) => [key, file] as const))
  // How a body is signed, which is not a body.
  .filter(([, file]) => file !== 'signature_vector.json');

/** Answers to creates that contain no task, refusals, and an account. */
const NO_TASKS = [
  'piapi_v2/create_accepted.json',
  'piapi_v2/create_refused.json',
  ...['accepted', 'errors', 'me'].map((name) => `apiframe/${name}.json`),
];

const tasks = recorded.filter(([key, file]) => !NO_TASKS.includes(`${key}/${file}`));

const serviceOf = (key: string) => {
  const service = SERVICES.find((one) => one.key === key);
  if (!service) {
    throw new Error(`No service is called ${key}, though bodies were recorded for it.`);
  }
  return service;
};

const bodyOf = (key: string, file: string): unknown =>
  JSON.parse(readFileSync(new URL(`${key}/${file}`, FIXTURES), 'utf8'));

test.each(tasks)('%s %s gives the keys that every output has', (key, file) => {
  const output = taskOutput(serviceOf(key).readCallback(bodyOf(key, file)), '', (url) => url);

  const odd = differences(output, FIELDS).filter((one) => !one.startsWith('has output__'));
  expect(odd).toEqual([]);
  expect(output.service).toBe(key);
  expect(JSON.stringify(output)).not.toContain('webhook_config');
});

test('there are recorded bodies of tasks that run, succeed and fail', () => {
  const statuses = tasks.map(([key, file]) => serviceOf(key).readTask(bodyOf(key, file)).status);
  expect(new Set(statuses)).toEqual(new Set(['pending', 'processing', 'finished', 'failed']));
});

/** What is left out is empty. */
const MEDIA = { image_url: '', images: [], videos: [], audios: [], model_3d_url: '' };

const STORAGE = 'https://storage.theapi.app';
const EPHEMERAL = 'https://img.theapi.app/ephemeral/00000000-0000-4000-8000-0000000000';

test.each([
  ['kling_tryon', { image_url: `${STORAGE}/image/555.png`, images: [`${STORAGE}/image/555.png`] }],
  ['kling_video_string', { videos: [`${STORAGE}/videos/333333.mp4`] }],
  [
    'luma_video',
    {
      videos: [
        'https://storage.cdn-luma.com/dream_machine/00000000-0000-4000-8000-000000000004/fly_fishing.mp4',
      ],
    },
  ],
  ['hailuo_video', { videos: ['https://cdn.hailuoai.video/moss/prod/video_nowm.mp4'] }],
  [
    'songs_clips',
    {
      videos: [1, 2].map((song) => `https://cdn1.suno.ai/${song}.mp4`),
      audios: [1, 2].map((song) => `https://cdn1.suno.ai/${song}.mp3`),
    },
  ],
  [
    'songs_list',
    {
      image_url: 'https://imagedelivery.net/X/1/public',
      images: [1, 2].map((song) => `https://imagedelivery.net/X/${song}/public`),
      audios: [1, 2].map((song) => `https://storage.googleapis.com/udio/${song}/song${song}.mp3`),
    },
  ],
  [
    'trellis_3d',
    {
      image_url: `${EPHEMERAL}16.png`,
      images: [`${EPHEMERAL}16.png`],
      videos: [`${EPHEMERAL}16.mp4`],
      model_3d_url: `${EPHEMERAL}16.glb`,
    },
  ],
  ['status_success', { image_url: `${EPHEMERAL}22.png`, images: [`${EPHEMERAL}22.png`] }],
  ['pending_null_output', {}],
])('piapi_unified %s gives its results, and nothing but them', (file, media) => {
  const task = serviceOf('piapi_unified').readCallback(bodyOf('piapi_unified', `${file}.json`));
  const { image_url, images, videos, audios, model_3d_url, ...more } = taskOutput(
    task,
    '',
    (url) => url,
  );
  const urls = (list: readonly { readonly url: string }[]) => list.map(({ url }) => url);

  expect({
    image_url,
    images: urls(images),
    videos: urls(videos),
    audios: urls(audios),
    model_3d_url,
  }).toEqual({ ...MEDIA, ...media });
  expect(more.video_url).toBe(urls(videos)[0] ?? '');
  expect(more.audio_2_url).toBe(urls(audios)[1] ?? '');
  expect(more.status).toBe(file === 'pending_null_output' ? 'pending' : 'finished');
});

test("LegNext's films have keys of their own, and its pictures are as recorded", () => {
  const outputOf = (file: string) =>
    taskOutput(serviceOf('legnext').readCallback(bodyOf('legnext', file)), '', (url) => url);
  const film = (number: number) =>
    `https://cdn.legnext.ai/mj/video/00000000-0000-4000-8000-000000000034_${number}.mp4`;

  expect(outputOf('video.json')).toMatchObject({
    status: 'finished',
    video_url: film(0),
    video_2_url: film(1),
    video_3_url: film(2),
    video_4_url: film(3),
    videos: [0, 1, 2, 3].map((number) => ({ number: number + 1, url: film(number) })),
    image_url: '',
  });
  expect(outputOf('diffusion.json')).toMatchObject({ prompt: 'a cat --v 7', videos: [] });
});

test.each([
  [{ gpt_description_prompt: 'a summer song', prompt: '' }, 'a summer song'],
  [{ style_prompt: 'calm piano' }, 'calm piano'],
  [{ text: 'a cat' }, 'a cat'],
  [{ prompt: 'red fox', text: 'a cat' }, 'red fox'],
  [{ prompt: 7 }, ''],
])('the prompt of an input %j is %j', (input, prompt) => {
  const body = { data: { task_id: '1', model: 'music-u', status: 'completed', input } };
  expect(serviceOf('piapi_unified').readTask(body).prompt).toBe(prompt);
});

test('progress is also given as percent, and Shorten gives what it settles on', () => {
  const read = (key: string, data: object) => serviceOf(key).readTask({ data });
  expect(
    read('piapi_unified', { task_id: '1', model: 'hailuo', output: { percent: 46 } }).progress,
  ).toBe(46);
  const output = { prompts: ['a fox', 'fox'], finalPrompt: 'fox' };
  expect(
    read('legnext', { job_id: '1', model: 'midjourney', task_type: 'shorten', output }).finalPrompt,
  ).toBe('fox');
});

test.each([
  ['piapi_unified', 'SUCCESS', 'finished'],
  ['piapi_unified', ' Success ', 'finished'],
  ['piapi_unified', 'retry', 'processing'],
  ['piapi_unified', 'starting', 'processing'],
  ['legnext', 'success', 'finished'],
  ['legnext', 'retry', 'processing'],
])('on %s the word %j is the state %j', (key, status, expected) => {
  const id = key === 'legnext' ? 'job_id' : 'task_id';
  expect(serviceOf(key).readTask({ data: { [id]: '1', model: 'gemini', status } }).status).toBe(
    expected,
  );
});

test.each(['piapi_v2', 'piapi_unified'])(
  "on %s v2's answer to a create is no end, though it says success",
  (key) => {
    const answer = bodyOf('piapi_v2', 'create_accepted.json');
    expect(serviceOf(key).readTask(answer).status).toBe('processing');
  },
);

test('the answer to a create is not a task on v2', () => {
  const creates = recorded.filter(([, file]) => file.startsWith('create_'));
  expect(creates.length).toBeGreaterThan(1);
  for (const [key, file] of creates) {
    const body = bodyOf(key, file);
    expect(serviceOf(key).readStarted(body)).toBeDefined();
    expect(() => serviceOf(key).readTask({ ...Object(body), task_id: '' })).toThrow(NotATask);
  }
});
