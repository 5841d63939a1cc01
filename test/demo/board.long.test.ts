import { z as zod } from 'zod';
import { playBoard } from '../../demo/board_story.ts';
import { cardOf, hasPicture, withBoards } from '../support/board.ts';
import { quietConsole } from '../support/quiet.ts';
import { until } from '../support/until.ts';

quietConsole();

const matters = zod.object({ data: zod.array(zod.object({ kind: zod.string() })) });

withBoards('The demo with its page', (boards) => {
  it('shows pictures that come in, a failure with its reason, and a delivery brought back with one click', async () => {
    const story = await playBoard('apiframe');
    try {
      const origin = new URL(story.url).origin;
      const page = await boards.open(origin);
      await page.getByText('I Run This Relay').click();
      await page.getByLabel('Operator Token').fill(story.operatorToken);
      await page.getByRole('button', { name: 'Sign In as Operator' }).click();
      await until('a picture', () => hasPicture(cardOf(page, 'croissants')));
      await cardOf(page, 'knight covered in blood').getByText('Reword the prompt').waitFor();

      const headers = { authorization: `Bearer ${story.operatorToken}` };
      await until('the dead letter', async () => {
        const answer = await fetch(`${origin}/v1/attention`, { headers });
        return matters.parse(await answer.json()).data.some(({ kind }) => kind === 'dead_letters');
      });
      await page.goto(`${origin}/board?view=attention`);
      await page.getByRole('button', { name: /^Deliver \d+ Again$/ }).click();
      await page.getByRole('heading', { name: 'Nothing needs you' }).waitFor();
    } finally {
      await story.stop();
    }
  });

  it('takes the keys that it prints', async () => {
    const story = await playBoard('legnext');
    try {
      for (const key of story.keys) {
        const page = await boards.open(new URL(story.url).origin);
        await page.getByLabel('API Key').fill(key);
        await page.getByRole('button', { name: 'Sign In' }).click();
        await page.getByRole('listitem').first().waitFor();
        await page.getByText('row-', { exact: false }).first().waitFor();
      }
    } finally {
      await story.stop();
    }
  });
});
