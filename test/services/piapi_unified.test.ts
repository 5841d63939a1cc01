import { PIAPI_UNIFIED } from '../../services/piapi_unified.ts';
import { NotATask } from '../../services/service.ts';
import created from '../fixtures/piapi_unified/describe_created.json' with { type: 'json' };
import completed from '../fixtures/piapi_unified/imagine_completed.json' with { type: 'json' };
import failed from '../fixtures/piapi_unified/imagine_failed.json' with { type: 'json' };
import progress from '../fixtures/piapi_unified/webhook_processing.json' with { type: 'json' };

const ID = 'c130c235-8cc4-4a64-8db1-238fd073c697';
const read = (body: object) =>
  PIAPI_UNIFIED.readTask({ task_id: ID, model: 'midjourney', ...body });

describe('a recorded body', () => {
  test('of a completed task is read in full, with and without its envelope', () => {
    const task = {
      id: ID,
      service: 'piapi_unified',
      operation: 'imagine',
      model: 'midjourney',
      taskType: 'imagine',
      status: 'finished',
      progress: 100,
      prompt:
        'a girl using a laptop on a desk inside a house, lofi, painting, chil, pop, midnight, rainy',
      imageUrl: `https://img.theapi.app/mj/${ID}.png`,
      imageUrls: completed.output.temporary_image_urls,
      previewUrls: [],
      videoUrls: [],
      audioUrls: [],
      model3dUrl: '',
      seed: '',
      description: '',
      output: undefined,
      actions: completed.output.actions,
      errorMessage: '',
      createdAt: '2025-05-19T12:14:12+00:00',
      startedAt: '2025-05-19T12:14:15+00:00',
      finishedAt: '2025-05-19T12:14:39+00:00',
      durationSeconds: 24,
      prompts: [],
      finalPrompt: '',
      creditsUsed: 700_000,
      creditsUnit: 'points',
    };

    expect(PIAPI_UNIFIED.readTask(completed)).toEqual(task);
    expect(PIAPI_UNIFIED.readTask({ code: 200, data: completed, message: 'success' })).toEqual(
      task,
    );
    expect(PIAPI_UNIFIED.readCallback({ timestamp: 1, data: completed })).toEqual(task);
  });

  test('of a progress webhook has the progress, and no time for the year 1', () => {
    const task = PIAPI_UNIFIED.readCallback(progress);

    expect(task).toMatchObject({
      id: ID,
      status: 'processing',
      progress: 46,
      prompt: 'a lighthouse',
      startedAt: '2025-05-19T12:14:15+00:00',
      finishedAt: '',
      durationSeconds: undefined,
    });
    expect(JSON.stringify(task)).not.toContain('123456');
  });

  test('of a failed task has the reason of the service, not its summary', () => {
    expect(PIAPI_UNIFIED.readTask(failed)).toMatchObject({
      status: 'failed',
      errorMessage: 'Banned Prompt: blood',
      createdAt: '',
      imageUrls: [],
    });
  });

  test('of a create gives the id', () => {
    expect(PIAPI_UNIFIED.readStarted(created)).toEqual({
      taskId: 'e7d57239-d490-4433-83b2-0e78a8cebf95',
    });
  });
});

describe('a task', () => {
  test.each([
    ['2025-05-19T12:14:12.123456789Z', '2025-05-19T12:14:12+00:00'],
    ['2025-05-19T14:14:12+02:00', '2025-05-19T12:14:12+00:00'],
    ['0001-01-01T00:00:00Z', ''],
    ['1970-01-01T00:00:00Z', ''],
    ['', ''],
    ['soon', ''],
    [null, ''],
    [1_747_656_852, ''],
    ['2025-05-19T12:14:12', '2025-05-19T12:14:12+00:00'],
  ])('that was created at %j has the time %j', (created_at, time) => {
    expect(read({ meta: { created_at } }).createdAt).toBe(time);
  });

  test('that started and ended in the same second has no duration', () => {
    const at = '2025-05-19T12:14:12Z';
    expect(read({ meta: { started_at: at, ended_at: at } }).durationSeconds).toBeUndefined();
  });

  test.each([['output'], ['error'], ['input'], ['meta'], ['config']])(
    'with null for its %s is read',
    (part) => {
      expect(read({ status: 'Completed', [part]: null })).toMatchObject({
        id: ID,
        status: 'finished',
        imageUrl: '',
        errorMessage: '',
      });
    },
  );

  test('prefers permanent pictures to temporary ones, and has a single picture as the image', () => {
    const lasting = ['https://a.example/1.png', 'https://a.example/2.png'];
    const temporary = ['https://b.example/1.png'];

    expect(
      read({ output: { image_urls: lasting, temporary_image_urls: temporary } }).imageUrls,
    ).toEqual(lasting);
    expect(read({ output: { image_urls: [], temporary_image_urls: temporary } })).toMatchObject({
      imageUrls: temporary,
      imageUrl: temporary[0],
    });
  });

  test('that failed falls back to the summary as the reason; a running task has none', () => {
    const error = { code: 10000, raw_message: '', message: 'failed to run task' };

    expect(read({ status: 'failed', error }).errorMessage).toBe('failed to run task');
    expect(read({ status: 'processing', error }).errorMessage).toBe('');
  });

  test('of another model is of the step that starts such tasks, with its whole output', () => {
    const output = { video_url: 'https://a.example/fox.mp4', seconds: 5 };

    expect(read({ model: 'kling', task_type: 'video_generation', output })).toMatchObject({
      operation: 'create_video',
      model: 'kling',
      taskType: 'video_generation',
      videoUrls: ['https://a.example/fox.mp4'],
      output,
    });
  });

  test('in the format of v2 is read too, since both APIs share their tasks', () => {
    const body = {
      task_id: ID,
      status: 'finished',
      meta: { task_type: 'upscale' },
      task_result: {},
    };

    expect(PIAPI_UNIFIED.readTask(body)).toMatchObject({
      id: ID,
      service: 'piapi_unified',
      operation: 'upscale',
      status: 'finished',
    });
  });

  test.each([
    [{ code: 404, data: null, message: 'task not found' }],
    [{ data: {} }],
    [{ model: 'kling' }],
  ])('is not read from %j', (body) => {
    expect(() => PIAPI_UNIFIED.readTask(body)).toThrow(NotATask);
  });
});
