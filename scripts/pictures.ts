import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { startEditor } from '../editor/start_editor.ts';
import { takeBoardPictures } from './board_pictures.ts';
import { startChromium } from './chromium.ts';

/** Makes the pictures that are made from something else: the listing's icon, and those of both pages. */

const DOCS = path.resolve(import.meta.dirname, '..', 'docs');

const browser = await startChromium();
try {
  const icon = await browser.newPage({ viewport: { width: 256, height: 256 } });
  const svg = await readFile(path.join(DOCS, 'listing', 'icon.svg'), 'utf8');
  await icon.setContent(`<style>body { margin: 0 }</style>${svg}`);
  await icon.screenshot({ path: path.join(DOCS, 'listing', 'icon.png'), omitBackground: true });

  const editor = await startEditor({ taskMilliseconds: 300 });
  try {
    const page = await browser.newPage({ viewport: { width: 1000, height: 1100 } });
    await page.goto(editor.url);
    await page.waitForSelector('#test');
    await page.screenshot({ path: path.join(DOCS, 'images', 'editor.png') });
  } finally {
    await editor.stop();
  }

  await takeBoardPictures(browser, path.join(DOCS, 'images'));
} finally {
  await browser.close();
}
