import { lacksResult } from '../../midjourney/task.ts';
import { aTask } from '../support/tasks.ts';

const finished = { status: 'finished' } as const;

test.each([
  [{}],
  [{ output: {} }],
  [{ output: { image_url: null, image_urls: null } }],
  [{ output: { type: 'm2v_txt2video', status: 10, works: [] } }],
  [{ operation: 'imagine', seed: '7' }],
])('a task that is called finished with %j lacks its result', (known) => {
  expect(lacksResult(aTask({ ...finished, ...known }))).toBe(true);
});

test.each([
  [{ imageUrl: 'https://a.example/1.png' }],
  [{ imageUrls: ['https://a.example/1.png'] }],
  [{ videoUrls: ['https://a.example/1.mp4'], output: { cover: null } }],
  [{ audioUrls: ['https://a.example/1.mp3'] }],
  [{ model3dUrl: 'https://a.example/1.glb' }],
  [{ operation: 'seed', seed: '7' }],
  [{ description: 'a fox' }],
  [{ output: { lyrics: 'A fox, a fox' } }],
  [{ output: { lyrics: 'A fox, a fox', generation_id: '' } }],
])('a task with %j has one', (known) => {
  expect(lacksResult(aTask({ ...finished, ...known }))).toBe(false);
});

test('a task that runs or has failed does not lack its result', () => {
  expect(lacksResult(aTask({ status: 'processing' }))).toBe(false);
  expect(lacksResult(aTask({ status: 'failed' }))).toBe(false);
});
