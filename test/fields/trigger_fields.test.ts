import { z as zod } from 'zod';
import { EACH_SERVICE } from '../support/each_service.ts';
import { quietConsole } from '../support/quiet.ts';
import { startWorlds, type Worlds } from '../support/worlds.ts';

quietConsole();

const shownFields = zod.array(
  zod.looseObject({
    key: zod.string(),
    type: zod.string().optional(),
    helpText: zod.string().optional(),
    choices: zod.array(zod.object({ value: zod.string() })).optional(),
  }),
);

describe.each(EACH_SERVICE)('on $key', ({ key, service, reported, reportsProgress }) => {
  let worlds: Worlds;
  beforeAll(async () => {
    worlds = await startWorlds({ service: key });
  });
  afterAll(() => worlds.stop());

  const fieldsOf = async (trigger: string) => {
    const fields = shownFields.parse(await worlds.account.inputFields('triggers', trigger));
    return {
      notices: fields.filter(({ type }) => type === 'copy').map(({ helpText }) => helpText),
      fields: fields.filter(({ type }) => type !== 'copy'),
    };
  };

  test('Task Finished offers the operations whose end is reported', async () => {
    const { fields, notices } = await fieldsOf('task_finished');
    const { choices } = fields.find((field) => field.key === 'operations') ?? {};

    expect(notices).toEqual([]);
    expect(choices?.map(({ value }) => value)).toEqual(reported);
  });

  test('Task Progress shows a notice and cannot be switched on where no progress is reported', async () => {
    const { notices, fields } = await fieldsOf('task_progress');
    const never = `${service.label} reports only the end of a task, not its progress`;

    expect(notices).toEqual(reportsProgress ? [] : [expect.stringContaining(never)]);
    expect(fields.map((field) => field.key)).toEqual(['operations', 'minimum_step', 'reference']);
    const zap = worlds.account.zap('task_progress');
    const outcome = await zap.switchOn().then(
      () => 'on',
      (error: unknown) => String(error),
    );
    expect(outcome).toEqual(reportsProgress ? 'on' : expect.stringContaining(never));
    await zap.switchOff();
  });
});
