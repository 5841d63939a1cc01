import { quickPauses } from '../support/quick_pauses.ts';
import { quietConsole } from '../support/quiet.ts';
import { startWorlds, taskIds, type Worlds } from '../support/worlds.ts';

/** What APIFRAME signs and what it knows by its key, through the sandbox's own reading of both. */
quietConsole();
quickPauses();

let worlds: Worlds;
beforeEach(async () => {
  worlds = await startWorlds({ service: 'apiframe' });
});
afterEach(() => worlds.stop());

const imagine = async (more: Record<string, unknown> = {}) => {
  const step = await worlds.account.create('imagine', { prompt: 'red fox', ...more });
  await worlds.settled();
  return step;
};

const logged = (words: RegExp) =>
  worlds.zapier.logs.filter(({ message }) => words.test(message)).length;

/** The webhook of a task to a hook, as the service would send it, or changed on the way. */
async function send(url: string, taskId: unknown, change = (text: string) => text) {
  const { text = '', headers = {} } = worlds.service.webhook(String(taskId)) ?? {};
  await fetch(url, { method: 'POST', headers: { ...headers }, body: change(text) });
  await worlds.settled();
}

describe.each(['hex', 'bytes'] as const)('a signature keyed by the hash as %s', (signature) => {
  beforeEach(() => {
    worlds.service.settings.signature = signature;
  });

  test('is taken by the Zap that is called and by the one that it passes the event on to', async () => {
    const zaps = [await worlds.listen('task_finished'), await worlds.listen('task_finished')];
    const { output } = await imagine();

    expect(zaps.map(taskIds)).toEqual([[output.task_id], [output.task_id]]);
    expect(logged(/signature/)).toBe(0);
  });

  test('is taken by a step that waits, without a read', async () => {
    const step = await worlds.account.create('imagine', { prompt: 'fox', wait_for_result: true });
    const reads = worlds.service.requests.length;

    expect(await step.resumed()).toMatchObject({ status: 'finished' });
    expect(worlds.service.requests).toHaveLength(reads);
  });

  test('is not taken for a body that was changed by one byte', async () => {
    worlds.service.settings.webhookFaults.lose = true;
    const zap = await worlds.listen('task_finished');
    const { output } = await imagine();
    const url = String(Object(worlds.service.creates.at(-1)?.body).webhookUrl);
    await send(url, output.task_id, (text) => text.replace('"progress":100', '"progress":101'));

    expect(zap.runs).toEqual([]);
    expect(logged(/signature was not made for its body/)).toBe(1);

    await send(url, output.task_id);
    expect(taskIds(zap)).toEqual([output.task_id]);
  });
});

test('a step that waits reads the task when the signature is wrong', async () => {
  worlds.service.settings.signature = 'wrong';
  const zap = await worlds.listen('task_finished');
  const step = await worlds.account.create('imagine', { prompt: 'fox', wait_for_result: true });

  expect(await step.resumed()).toMatchObject({ status: 'finished' });
  expect(logged(/signature was not made for its body/)).toBeGreaterThan(0);
  await worlds.settled();
  // What the step read is proof of its own.
  expect(taskIds(zap)).toEqual([step.output.task_id]);
});

test('an unsigned webhook is taken for its secret', async () => {
  worlds.service.settings.signature = 'none';
  const zap = await worlds.listen('task_finished');
  const { output } = await imagine();

  expect(taskIds(zap)).toEqual([output.task_id]);
});

describe('a create whose answer is lost', () => {
  test('is sent again with the same key, and starts one task', async () => {
    worlds.service.settings.lostAnswers = 1;
    const zap = await worlds.listen('task_finished');
    const { output } = await imagine();
    const keys = worlds.service.creates.map(({ headers }) => headers['idempotency-key']);

    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
    expect(worlds.service.taskIds()).toEqual([output.task_id]);
    expect(taskIds(zap)).toEqual([output.task_id]);
  });

  test('is sent again after an internal error as well, and starts one task', async () => {
    worlds.service.settings.refuse = { ...worlds.service.refusal('Queue is down', 503), times: 1 };
    const { output } = await imagine();

    expect(worlds.service.creates).toHaveLength(2);
    expect(worlds.service.taskIds()).toEqual([output.task_id]);
  });
});

test('from a grid, what needs one picture says to upscale first, and starts nothing', async () => {
  const { output } = await imagine();
  const before = worlds.service.creates.length;
  const pan = { origin_task_id: output.task_id, direction: 'left' };

  await expect(worlds.account.create('pan', pan)).rejects.toThrow(
    /^Task: Upscale first\. APIFRAME has Pan Image for one picture only/,
  );
  expect(worlds.service.creates).toHaveLength(before);
});

describe('Reroll', () => {
  test('sends the prompt of its parent again, with its ratio', async () => {
    const first = await imagine({ prompt: 'red fox --v 7', aspect_ratio: '16:9' });
    await worlds.account.create('reroll', { origin_task_id: first.output.task_id });

    expect(worlds.service.creates.at(-1)?.body).toEqual({
      model: 'midjourney',
      prompt: 'red fox --v 7',
      midjourneyParams: { aspect_ratio: '16:9' },
    });
  });

  test('goes on with what was remembered where the service does not repeat it', async () => {
    worlds.service.settings.echoesInput = false;
    const { output } = await imagine();
    await worlds.account.create('reroll', { origin_task_id: output.task_id });

    expect(worlds.service.creates.at(-1)?.body).toMatchObject({ prompt: 'red fox' });
  });

  test('asks for a prompt where nobody knows it', async () => {
    worlds.service.settings.echoesInput = false;
    const { output } = await imagine();
    const elsewhere = worlds.zapier.connect({ ...worlds.service.connection });
    const again = { origin_task_id: output.task_id };

    await expect(elsewhere.create('reroll', again)).rejects.toThrow(
      /^New Prompt: APIFRAME does not say which prompt the chosen task had/,
    );
  });
});

test('Find Task knows the operation of a task that was started here', async () => {
  worlds.service.settings.echoesInput = false;
  const first = await imagine();
  const { output } = await worlds.account.create('variation', {
    origin_task_id: first.output.task_id,
    index: '2',
  });
  await worlds.settled();

  expect(await worlds.account.search('find_task', { task_id: output.task_id })).toMatchObject([
    { operation: 'variation', prompt: 'red fox' },
  ]);
});
