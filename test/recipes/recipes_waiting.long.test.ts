import { SERVICE_KEYS } from '../../sandbox/start_service.ts';
import { quietConsole } from '../support/quiet.ts';
import { formatter, inputsOf, TemplateStage } from './stage.ts';

quietConsole();

describe.each(SERVICE_KEYS)('on %s', (service) => {
  let stage: TemplateStage;
  beforeEach(async () => {
    stage = await TemplateStage.start(service);
  });
  afterEach(() => stage.stop());

  // It neither describes nor blends.
  const withOwnPictures = service === 'apiframe' ? test.skip : test;

  test('airtable_row_to_drive: the picture is saved as a file, named after the record', async () => {
    const running = await stage.run('airtable_row_to_drive');
    const [upload] = inputsOf(await running.fire(0, { id: 'rec7' }), 'google_drive');

    expect(upload?.file_name).toBe('rec7');
    expect(stage.filesIn(upload?.file)).toEqual([
      expect.stringMatching(/^red-fox-in-fresh-snow.*\.png$/),
    ]);
  });

  test('imagine_and_upscale_all_to_slack: the grid and the four enlarged pictures arrive as five files', async () => {
    const running = await stage.run('imagine_and_upscale_all_to_slack');
    const [message] = inputsOf(await running.fire(0), 'slack');

    const names = stage.filesIn(message?.files);
    expect(names).toHaveLength(5);
    expect(new Set(names).size).toBe(5);
    expect(String(message?.text).match(/https?:/g)).toHaveLength(4);
  });

  withOwnPictures(
    'describe_to_imagine: the first description, without its number, is painted',
    async () => {
      const running = await stage.run('describe_to_imagine', formatter);
      await running.fire(0, { file: stage.picture });
      const [described, painted] = stage.worlds.service.creates.map(({ body }) =>
        JSON.stringify(body),
      );

      expect(described).toContain(stage.picture);
      expect(painted).toMatch(/"four softly tinted gradients[^\n"]*--ar 1:1"/);
    },
  );

  withOwnPictures('blend_from_form: both pictures go in, and the result is attached', async () => {
    const running = await stage.run('blend_from_form');
    const calls = await running.fire(0, {
      first_picture: stage.picture,
      second_picture: `${stage.picture}?2`,
    });
    const [mail] = inputsOf(calls, 'gmail');

    expect(JSON.stringify(stage.worlds.service.creates[0]?.body)).toContain(
      JSON.stringify([stage.picture, `${stage.picture}?2`]),
    );
    expect(mail?.to).toBe('person@example.com');
    expect(stage.filesIn(mail?.attachments)).toHaveLength(1);
  });

  test('approve_one_of_four: the reaction to the message enlarges the picture of that number', async () => {
    const running = await stage.run('approve_one_of_four', formatter);
    await stage.worlds.account.create('imagine', { prompt: 'red fox' });
    await stage.settled(running);
    const [question] = inputsOf(running.calls, 'slack');
    const reaction = (name: string) =>
      running.fire(1, { reaction: name, message_text: String(question?.text) });
    const [reply] = inputsOf(await reaction('four'), 'slack');
    await stage.settled(running);

    expect(stage.filesIn(question?.files)).toHaveLength(4);
    expect(JSON.stringify(stage.worlds.service.creates.at(-1)?.body)).toMatch(
      new RegExp(`${stage.worlds.service.taskIds()[0]}.+("index":"?4|"imageNo":3)`),
    );
    expect(stage.filesIn(reply?.files)).toHaveLength(1);
    // The enlarged picture starts no new vote, and any other emoji chooses nothing.
    expect(inputsOf(running.calls, 'slack')).toHaveLength(1);
    expect(await reaction('tada')).toEqual([]);
    expect(stage.worlds.service.taskIds()).toHaveLength(2);
  });
});
