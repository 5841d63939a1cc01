import { callbackSecret } from '../../delivery/secret.ts';
import { SANDBOX_KEY } from '../../sandbox/piapi/piapi.ts';
import { EACH_SERVICE } from '../support/each_service.ts';
import { quickPauses } from '../support/quick_pauses.ts';
import { quietConsole } from '../support/quiet.ts';
import { refusalOf } from '../support/refusal.ts';
import { startWorlds, taskIds, type Worlds } from '../support/worlds.ts';

quietConsole();
quickPauses();

const isRising = (numbers: readonly unknown[]): boolean =>
  numbers.every((number, index) => index === 0 || Number(number) > Number(numbers[index - 1]));

/** As far apart that no Zap overtakes the next one on a slow machine. */
const FAR_APART = { taskMilliseconds: 3_000, progressSteps: [0, 46, 93] };

describe.each(EACH_SERVICE)('$key', ({ key, service, reportsProgress }) => {
  let worlds: Worlds;

  beforeEach(async () => {
    worlds = await startWorlds({
      service: key,
      webhooksOnEveryChange: true,
      taskMilliseconds: 300,
    });
  });
  afterEach(() => worlds.stop());

  const imagine = async (more: Record<string, unknown> = {}): Promise<string> => {
    const { output } = await worlds.account.create('imagine', {
      prompt: 'red fox',
      process_mode: 'fast',
      reference: 'row 7/ä&b',
      ...more,
    });
    await worlds.settled();
    return String(output.task_id);
  };

  test('every Zap that listens runs once at the end, with the reference', async () => {
    const zaps = [await worlds.listen('task_finished'), await worlds.listen('task_finished')];
    const id = await imagine();

    expect(zaps.map(taskIds)).toEqual([[id], [id]]);
    expect(zaps.map((zap) => zap.runs[0]?.reference)).toEqual(['row 7/ä&b', 'row 7/ä&b']);
  });

  test('the service gets no webhook URL when no Zap listens', async () => {
    await imagine();

    expect(JSON.stringify(worlds.service.creates)).not.toContain(worlds.zapier.url);
    expect(JSON.stringify(worlds.service.creates)).not.toContain(callbackSecret(SANDBOX_KEY));
    expect(worlds.service.webhooks).toEqual([]);
  });

  if (reportsProgress) {
    test('progress arrives in rising order, and only while the task runs', async () => {
      Object.assign(worlds.service.settings, FAR_APART);
      const zap = await worlds.listen('task_progress');
      const id = await imagine();

      expect(zap.runs.length).toBeGreaterThan(1);
      expect(isRising(zap.runs.map(({ progress }) => progress))).toBe(true);
      expect(new Set(taskIds(zap))).toEqual(new Set([id]));
      expect(zap.runs.every(({ status }) => status === 'processing')).toBe(true);
    });

    test('progress that the step declines runs no Zap, even if the service sends it', async () => {
      const progress = await worlds.listen('task_progress');
      const finished = await worlds.listen('task_finished');
      const id = await imagine({ notify_progress: false });

      expect(progress.runs).toEqual([]);
      expect(taskIds(finished)).toEqual([id]);
    });

    test('Task Progress does not run for an operation that reports only its end', async () => {
      const zap = await worlds.listen('task_progress');
      const id = await imagine({ notify_progress: false });
      await worlds.account.create('reroll', { origin_task_id: id });
      await worlds.settled();

      expect(zap.runs.length === 0).toBe(service.operations.reroll?.reports === 'end');
    });
  } else {
    test('Task Progress cannot be switched on, for it would never run', async () => {
      const { shown } = await refusalOf(worlds.listen('task_progress'));

      expect(shown).toContain(`${service.label} reports only the end of a task`);
      expect(shown).toContain('Task Finished');
    });
  }

  test('events that are sent three times and out of order run each Zap once and in order', async () => {
    Object.assign(worlds.service.settings, FAR_APART);
    Object.assign(worlds.service.settings.webhookFaults, { duplicate: 2, reorder: true });
    const zaps = [await worlds.listen('task_finished'), await worlds.listen('task_finished')];
    const progress = reportsProgress ? await worlds.listen('task_progress') : undefined;
    const id = await imagine();

    expect(zaps.map(taskIds)).toEqual([[id], [id]]);
    const steps = (progress?.runs ?? []).map((run) => run.progress);
    expect(steps.length > 0).toBe(reportsProgress);
    expect(isRising(steps)).toBe(true);
  });

  test('a step that waits is resumed once, although the end is sent three times', async () => {
    worlds.service.settings.webhookFaults.duplicate = 2;
    const zap = await worlds.listen('task_finished');
    const step = await worlds.account.create('imagine', { prompt: 'fox', wait_for_result: true });
    const waited = await step.resumed();
    await worlds.settled();

    expect(waited).toMatchObject({ task_id: step.output.task_id, status: 'finished' });
    expect(taskIds(zap)).toEqual([step.output.task_id]);
  });

  describe('a forged callback', () => {
    const SECRET = callbackSecret(SANDBOX_KEY);
    const send = (url: string, body: string, headers: Record<string, string>, secret?: string) =>
      fetch(url, {
        method: 'POST',
        headers: { ...headers, ...(secret && { 'x-webhook-secret': secret }) },
        body,
      });
    const post = (url: string, body: unknown, secret?: string) =>
      send(url, JSON.stringify(body), { 'content-type': 'application/json' }, secret);

    test('without the secret or with a wrong one yields no event, in the header or in the URL', async () => {
      worlds.service.settings.webhookFaults.lose = true;
      const zap = await worlds.listen('task_finished');
      const other = await worlds.listen('task_finished');
      const id = await imagine();
      const { text = '', headers } = worlds.service.webhook(id) ?? {};
      // With the signature, where the service signs.
      const { 'x-webhook-secret': _, ...signed } = headers ?? {};
      const report = (query = '', secret?: string) =>
        send(zap.targetUrl + query, text, signed, secret);
      await report();
      await report('', 'guessed');
      await report('?secret=guessed');
      await report('?secret=');
      await report(`?secret=${SECRET}`, 'guessed');
      await worlds.settled();

      expect([...zap.runs, ...other.runs, ...zap.failures]).toEqual([]);
      expect(
        worlds.zapier.logs.filter(({ message }) => /does not carry the secret/.test(message)),
      ).toHaveLength(5);

      await report('', SECRET);
      await worlds.settled();
      expect([zap, other].map(taskIds)).toEqual([[id], [id]]);
    });

    test('with the secret but without a task yields no event and no failure', async () => {
      const zap = await worlds.listen('task_finished');
      for (const body of [null, [], 'text', {}, { data: null }, { data: { status: 'finished' } }]) {
        await post(zap.targetUrl, body, SECRET);
      }
      await worlds.settled();

      expect([...zap.runs, ...zap.failures]).toEqual([]);
      expect(
        worlds.zapier.logs.filter(({ message }) => /whose body is no task/.test(message)),
      ).toHaveLength(6);
    });

    test('to a step that waits makes it read the task at the service', async () => {
      worlds.service.settings.webhookFaults.lose = true;
      await worlds.listen('task_finished');
      const step = await worlds.account.create('imagine', { prompt: 'fox', wait_for_result: true });
      const shown = worlds.service.shown(String(step.output.task_id));
      await post(step.callbackUrl, { ...shown, status: 'failed' });

      expect(await step.resumed()).toMatchObject({
        task_id: step.output.task_id,
        status: 'finished',
      });
    });
  });
});
