import { EACH_SERVICE } from '../support/each_service.ts';
import { quietConsole } from '../support/quiet.ts';
import { choiceValues, shownFieldsOf } from '../support/shown_fields.ts';
import { startWorlds, type Worlds } from '../support/worlds.ts';

quietConsole();

describe.each(EACH_SERVICE)('on $key', ({ key, service, reported, reportsProgress }) => {
  let worlds: Worlds;
  beforeAll(async () => {
    worlds = await startWorlds({ service: key });
  });
  afterAll(() => worlds.stop());

  const fieldsOf = (trigger: string) => shownFieldsOf(worlds.account, 'triggers', trigger);

  test('Task Finished offers the operations whose end is reported', async () => {
    const { fields, notices } = await fieldsOf('task_finished');
    const { choices } = fields.find((field) => field.key === 'operations') ?? {};

    expect(notices).toEqual([]);
    expect(choiceValues(choices)).toEqual(reported);
  });

  test('Task Progress shows a notice and cannot be switched on where no progress is reported', async () => {
    const { notices, fields } = await fieldsOf('task_progress');
    const never = `${service.label} reports only the end of a task, not its progress`;

    expect(notices).toEqual(reportsProgress ? [] : [expect.stringContaining(never)]);
    expect(fields.map((field) => field.key)).toEqual([
      'operations',
      'models',
      'kinds',
      'minimum_step',
      'reference',
    ]);
    const zap = worlds.account.zap('task_progress');
    const outcome = await zap.switchOn().then(
      () => 'on',
      (error: unknown) => String(error),
    );
    expect(outcome).toEqual(reportsProgress ? 'on' : expect.stringContaining(never));
    await zap.switchOff();
  });

  test.each([
    ['a list with holes', ['Imagine', '', null], true],
    ['labels in any letter case', ['IMAGINE', ' reroll '], true],
    ['one text with commas', 'imagine,reroll', true],
    ['a word that is no operation', ['imagine', 'upscael'], false],
    ['a sentence', 'all of them', false],
  ])('Operations as %s: %j', async (_, operations, isTaken) => {
    const zap = worlds.account.zap('task_finished', { operations });
    const outcome = await zap.switchOn().then(
      () => 'on',
      (error: unknown) => String(error),
    );
    await zap.switchOff();

    expect(outcome).toEqual(
      isTaken
        ? 'on'
        : expect.stringMatching(
            /Operations: .+ reports no tasks of the kind ".+"\. Choose from: Create Images \(Imagine\), /,
          ),
    );
  });
});
