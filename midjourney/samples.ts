import { progressOutput, taskOutput } from './output.ts';
import { type Task, taskOf } from './task.ts';

/** What the editor shows before a Zap has seen a task of its own. */
const SAMPLE_REFERENCE = 'rec8Yt3kLmPq2';
const TASK_ID = 'c0d39b5a-345c-4448-a7bf-5c299c38a06a';
const PICTURE = `https://img.midjourneyapi.xyz/mj/${TASK_ID}`;

const STARTED: Task = taskOf({
  id: TASK_ID,
  service: 'piapi_v2',
  operation: 'imagine',
  prompt: 'red fox in fresh snow, morning light, shallow depth of field --v 6',
});

const RUNNING: Task = {
  ...STARTED,
  status: 'processing',
  progress: 46,
  previewUrls: [`${PICTURE}-46.png`],
  createdAt: '2026-03-12T09:14:02+00:00',
  startedAt: '2026-03-12T09:14:05+00:00',
  durationSeconds: 21,
};

const FINISHED: Task = {
  ...RUNNING,
  status: 'finished',
  progress: 100,
  previewUrls: [],
  imageUrl: `${PICTURE}.png`,
  imageUrls: [1, 2, 3, 4].map((number) => `${PICTURE}-${number}.png`),
  actions: [
    'reroll',
    ...[1, 2, 3, 4].map((number) => `upscale${number}`),
    ...[1, 2, 3, 4].map((number) => `variation${number}`),
  ],
  finishedAt: '2026-03-12T09:14:49+00:00',
  durationSeconds: 44,
};

export const STARTED_SAMPLE = taskOutput(STARTED, SAMPLE_REFERENCE);
export const FINISHED_SAMPLE = taskOutput(FINISHED, SAMPLE_REFERENCE);
export const PROGRESS_SAMPLE = progressOutput(RUNNING, SAMPLE_REFERENCE);
