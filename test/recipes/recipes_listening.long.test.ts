import type { Data, OtherAppCall } from '../../recipes/run_zap.ts';
import { SERVICE_KEYS } from '../../sandbox/start_service.ts';
import { finishedParents } from '../support/parents.ts';
import { quietConsole } from '../support/quiet.ts';
import { inputsOf, TemplateStage } from './stage.ts';

quietConsole();

/** How services word that a prompt may not be painted. */
const DENIED = /blood|Image denied/;

describe.each(SERVICE_KEYS)('on %s', (service) => {
  let stage: TemplateStage;
  beforeEach(async () => {
    stage = await TemplateStage.start(service);
  });
  afterEach(() => stage.stop());

  const withProgress = service === 'legnext' ? test.skip : test;

  withProgress(
    'progress_to_slack: the thread of the request gets few replies, and the picture at the end',
    async () => {
      // Slow enough that one progress event is handled before the next one arrives.
      stage.worlds.service.settings.taskMilliseconds = 1_200;
      const running = await stage.run('progress_to_slack');
      const [question] = inputsOf(await running.fire(0), 'slack');
      await stage.settled(running);
      const replies = inputsOf(running.calls, 'slack');
      const quarters = replies
        .flatMap(({ text }) => /^(\d+) % painted$/.exec(String(text))?.[1] ?? [])
        .map((percent) => Math.floor(Number(percent) / 25));

      expect(question?.text).toBe('New picture: lighthouse in a storm, oil painting');
      expect(new Set(replies.map(({ thread }) => thread))).toEqual(new Set(['1773306842.000100']));
      expect(quarters.length).toBeGreaterThan(0);
      expect(new Set(quarters).size).toBe(quarters.length);
      expect(stage.filesIn(...replies.flatMap(({ files }) => files ?? []))).toHaveLength(1);
    },
  );

  test('failed_tasks_to_sheet: a banned prompt becomes a row, a good one does not', async () => {
    const running = await stage.run('failed_tasks_to_sheet');
    for (const prompt of ['red fox', 'a knight covered in blood']) {
      await stage.worlds.account.create('imagine', { prompt, reference: prompt.length });
    }
    await stage.settled(running);

    expect(inputsOf(running.calls, 'google_sheets')).toMatchObject([
      {
        operation: 'imagine',
        error_kind: expect.stringMatching(/^(banned_prompt|moderated)$/),
        error_message: expect.stringMatching(DENIED),
        prompt: 'a knight covered in blood',
        reference: '25',
      },
    ]);
  });

  test('task_finished_to_airtable: each end updates its record, in whichever order the ends arrive', async () => {
    const running = await stage.run('task_finished_to_airtable', ({ action, input }) =>
      action === 'Find Record by ID'
        ? input.record_id
          ? { id: input.record_id }
          : null
        : undefined,
    );
    await running.fire(0, { id: 'rec1' });
    await running.fire(0, { id: 'rec2', prompt: 'blood' });
    await stage.worlds.account.create('imagine', { prompt: 'of nobody' });
    await stage.settled(running);
    const updates = inputsOf(running.calls, 'airtable').filter(({ record }) => record);

    expect(updates.sort((a, b) => String(a.record).localeCompare(String(b.record)))).toMatchObject([
      { record: 'rec1', status: 'finished', image_url: expect.stringMatching(/^http/) },
      {
        record: 'rec2',
        status: 'failed',
        attachments: [],
        error_message: expect.stringMatching(DENIED),
      },
    ]);
    expect(stage.filesIn(updates[0]?.attachments)).toHaveLength(1);
  });

  test('nightly_inpaint_lookup: the nightly run closes exactly the rows whose tasks have ended', async () => {
    const { single } = await finishedParents(stage.worlds);
    const rows: Data[] = [];
    const sheet = ({ action, input }: OtherAppCall): Data | null | undefined => {
      const found = rows.filter((row) => row[String(input.lookup_column)] === input.lookup_value);
      switch (action) {
        case 'Lookup Spreadsheet Rows':
          return found.length > 0 ? { rows: found } : null;
        case 'Lookup Spreadsheet Row':
          return found[0] ?? null;
        case 'Update Spreadsheet Row':
          return Object.assign(rows.find(({ row }) => row === input.row) ?? {}, input);
        default:
          return undefined;
      }
    };
    const running = await stage.run('nightly_inpaint_lookup', sheet);
    const begin = async (row: number, new_prompt: string) => {
      rows.push({ row });
      await running.fire(0, { row, upscaled_task_id: single, mask: stage.picture, new_prompt });
    };
    await begin(2, 'a red scarf');
    await begin(3, 'blood');
    await stage.worlds.settled();
    stage.worlds.service.settings.taskMilliseconds = 60_000;
    await begin(4, 'a blue scarf');
    const uploads = inputsOf(await running.fire(1), 'google_drive');

    expect(rows).toMatchObject([
      { row: 2, status: 'finished', image_url: uploads[0]?.file },
      { row: 3, status: 'failed', error_message: expect.stringMatching(DENIED) },
      { row: 4, status: 'open' },
    ]);
    expect(uploads).toEqual([expect.objectContaining({ file_name: rows[0]?.task_id })]);

    const next = await running.fire(1);
    expect(next.map(({ action }) => action)).toEqual(['Lookup Spreadsheet Rows']);
  });
});
