import fc from 'fast-check';
import { isOperation, OPERATIONS as TABLE } from '../../midjourney/operations.ts';
import { hasEnded, type Task } from '../../midjourney/task.ts';
import { flatOutputFields } from '../../output/flat_output.ts';
import { fieldsOf, OUTPUT_FIELDS } from '../../output/output_fields.ts';
import { canceledSample, progressSample, sampleOf, taskSample } from '../../output/samples.ts';
import * as output from '../../output/task_output.ts';
import { holds } from '../support/holds.ts';
import { anyTask, aTask } from '../support/tasks.ts';

const toFile: output.ToFile = (url, { media = '', number, quarter }) =>
  `file ${media}${number} of ${url}${quarter ? `, quarter ${quarter}` : ''}`;
const taskOutput = (task: Task, reference: string) => output.taskOutput(task, reference, toFile);
const progressOutput = (task: Task, reference: string) =>
  output.progressOutput(task, reference, toFile);

const OPERATIONS = Object.keys(TABLE).filter(isOperation);
const GRID = 'https://img.example/grid.png';
const fieldRoots = new Set(OUTPUT_FIELDS.map(({ key }) => key.replace(/\[\].*$/, '')));

describe('taskOutput', () => {
  test('every task has the same keys, and each has an output field', () => {
    holds(
      fc.property(anyTask, fc.string(), (task, reference) => {
        expect(new Set(Object.keys(taskOutput(task, reference)))).toEqual(fieldRoots);
        expect(new Set(Object.keys(progressOutput(task, reference)))).toEqual(fieldRoots);
      }),
    );
  });

  test('every picture has the same keys, numbered from 1', () => {
    const imageUrls = [1, 2, 3, 4].map((number) => `https://img.example/${number}.png`);
    const { images } = taskOutput(aTask({ imageUrl: GRID, imageUrls }), '');
    expect(images).toEqual(
      imageUrls.map((url, index) => ({
        number: index + 1,
        url,
        file: `file ${index + 1} of ${url}`,
      })),
    );
    expect(OUTPUT_FIELDS.map(({ key }) => key)).toEqual(
      expect.arrayContaining(['images[]number', 'images[]url', 'images[]file']),
    );
  });

  test('a task with only the grid has one picture in the list, and its quarters as files', () => {
    const output = taskOutput(aTask({ imageUrl: GRID }), '');

    expect(output.images).toEqual([{ number: 1, url: GRID, file: `file 0 of ${GRID}` }]);
    expect(output).toMatchObject({
      image_1_url: '',
      image_1: `file 0 of ${GRID}, quarter 1`,
      image_4_url: '',
      image_4: `file 0 of ${GRID}, quarter 4`,
    });
  });

  test('an upscaled task has its one picture under the first number', () => {
    expect(taskOutput(aTask({ operation: 'upscale', imageUrl: GRID }), '')).toMatchObject({
      image_1_url: GRID,
      image_1: `file 0 of ${GRID}`,
      image_2_url: '',
      image_2: null,
    });
  });

  test.each([
    ['red fox [in] snow --ar 16:9', `![red fox in snow](${GRID})`],
    ['https://a.example/1.png red\nfox', `![red fox](${GRID})`],
    ['', `![imagine](${GRID})`],
  ])('the thumbnail of %j is a picture in Markdown', (prompt, thumbnail) => {
    expect(taskOutput(aTask({ prompt, imageUrl: GRID }), '').thumbnail_markdown).toBe(thumbnail);
  });

  test('a link cannot end the thumbnail early', () => {
    const imageUrl = 'https://img.example/a(1) b.png';

    expect(taskOutput(aTask({ imageUrl }), '').thumbnail_markdown).toBe(
      '![imagine](https://img.example/a%281%29%20b.png)',
    );
  });

  test('films and songs have keys of their own and line items, a 3D model is a file', () => {
    const urls = (name: string, count: number) =>
      Array.from({ length: count }, (_, index) => `https://cdn.example/${name}${index + 1}`);
    const task = aTask({
      videoUrls: urls('film', 5),
      audioUrls: urls('song', 2),
      model3dUrl: 'https://cdn.example/fox.glb',
    });

    expect(taskOutput(task, '')).toMatchObject({
      video_url: 'https://cdn.example/film1',
      video: 'file video0 of https://cdn.example/film1',
      video_4_url: 'https://cdn.example/film4',
      video_4: 'file video4 of https://cdn.example/film4',
      videos: urls('film', 5).map((url, index) => ({ number: index + 1, url })),
      audio_2_url: 'https://cdn.example/song2',
      audio_2: 'file audio2 of https://cdn.example/song2',
      audios: [{ number: 1 }, { number: 2 }],
      model_3d: 'file model_3d0 of https://cdn.example/fox.glb',
    });
  });

  test('values that the service did not send are empty, never invented', () => {
    expect(taskOutput(aTask(), '')).toEqual({
      id: 'task-1',
      task_id: 'task-1',
      operation: 'imagine',
      service: 'piapi_v2',
      model: 'midjourney',
      task_type: 'imagine',
      status: 'pending',
      succeeded: false,
      progress: null,
      prompt: '',
      reference: '',
      hint: '',
      image_url: '',
      image: null,
      image_1_url: '',
      image_1: null,
      image_2_url: '',
      image_2: null,
      image_3_url: '',
      image_3: null,
      image_4_url: '',
      image_4: null,
      images: [],
      thumbnail_markdown: '',
      preview_url: '',
      preview_urls: [],
      video_url: '',
      video: null,
      video_2_url: '',
      video_2: null,
      video_3_url: '',
      video_3: null,
      video_4_url: '',
      video_4: null,
      videos: [],
      audio_url: '',
      audio: null,
      audio_2_url: '',
      audio_2: null,
      audio_3_url: '',
      audio_3: null,
      audio_4_url: '',
      audio_4: null,
      audios: [],
      model_3d_url: '',
      model_3d: null,
      output: '',
      seed: '',
      description: '',
      final_prompt: '',
      prompt_1: '',
      prompt_2: '',
      prompt_3: '',
      prompt_4: '',
      prompts: [],
      actions: [],
      error_message: '',
      error_kind: '',
      credits_used: null,
      credits_unit: '',
      created_at: null,
      started_at: null,
      finished_at: null,
      duration_seconds: null,
    });
  });

  test('a task has succeeded only when it is finished', () => {
    holds(
      fc.property(anyTask, (task) => {
        expect(taskOutput(task, '').succeeded).toBe(task.status === 'finished');
      }),
    );
  });

  test('a failure carries its reason in one line and its kind', () => {
    const task = aTask({ status: 'failed', errorMessage: 'Invalid link\nTimeout' });
    expect(taskOutput(task, 'row 7')).toMatchObject({
      error_message: 'Invalid link Timeout',
      error_kind: 'invalid_link',
      reference: 'row 7',
    });
  });

  test('only a failed task has a kind of error', () => {
    expect(taskOutput(aTask({ status: 'failed' }), '').error_kind).toBe('unknown');
    expect(taskOutput(aTask({ status: 'finished' }), '').error_kind).toBe('');
  });

  test('preview_url is the newest preview', () => {
    const previewUrls = ['https://img.example/20.png', 'https://img.example/46.png'];
    expect(taskOutput(aTask({ previewUrls }), '')).toMatchObject({
      preview_url: 'https://img.example/46.png',
      preview_urls: previewUrls,
    });
  });
});

describe('progressOutput', () => {
  test('each state of a running task has its own id', () => {
    expect(progressOutput(aTask({ progress: 46 }), '')).toMatchObject({
      id: 'task-1-46',
      task_id: 'task-1',
    });
    expect(progressOutput(aTask(), '').id).toBe('task-1-0');
  });
});

describe('samples', () => {
  test.each(OPERATIONS)(
    'the sample of %s has exactly the keys of the output fields',
    (operation) => {
      const sample = sampleOf(operation);
      const flat = flatOutputFields(sample).map(({ key }) => key);
      const own = fieldsOf(operation).map(({ key }) => key.replace(/\[\].*$/, ''));
      expect(new Set(Object.keys(sample))).toEqual(new Set([...own, ...flat]));
    },
  );

  test.each([progressSample(), canceledSample()])(
    'the sample that is $status has exactly the keys of the output fields',
    (sample) => {
      expect(new Set(Object.keys(sample))).toEqual(fieldRoots);
    },
  );

  test('there is a sample of an end and one of a running task', () => {
    expect(taskSample().succeeded).toBe(true);
    expect(hasEnded(progressSample())).toBe(false);
    expect(canceledSample().status).toBe('failed');
  });
});
