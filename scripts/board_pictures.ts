import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { playBoard } from '../demo/board_story.ts';

/** So that a dozen tasks have ended, one is worked on, and one delivery has been given up. */
const PLAYED_MILLISECONDS = 42_000;

/** Its pictures come from this machine. */
const FETCHED_MILLISECONDS = 500;

/** Pictures of the board, as the demo shows it to whoever runs the relay. */
export async function takeBoardPictures(browser: Browser, folder: string): Promise<void> {
  const story = await playBoard('apiframe');
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 860 }, locale: 'en-US' });
    await page.goto(story.url);
    await page.getByText('I Run This Relay').click();
    await page.getByLabel('Operator Token').fill(story.operatorToken);
    await page.getByRole('button', { name: 'Sign In as Operator' }).click();
    await page.getByRole('navigation').getByRole('link', { name: 'Clients' }).click();
    for (const [place, name] of story.names.entries()) {
      const form = page.locator('form').nth(place);
      await form.getByRole('textbox').fill(name);
      await form.getByRole('button').click();
    }
    await page.getByRole('navigation').getByRole('link', { name: 'Tasks' }).click();
    await pause(PLAYED_MILLISECONDS);
    const take = (name: string) => page.screenshot({ path: path.join(folder, name) });
    await take('board.png');
    await page.getByRole('link', { name: 'croissants' }).last().click();
    await page.getByRole('dialog').getByText('What Was Asked').waitFor();
    await pause(FETCHED_MILLISECONDS);
    await take('board_task.png');
  } finally {
    await story.stop();
  }
}
