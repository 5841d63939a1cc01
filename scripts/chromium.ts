import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Where Debian, Ubuntu and others install it. */
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The browser of this machine; undefined when there is none. */
export const chromiumPath = (): string | undefined => PLACES.find((file) => existsSync(file));

/** Headless, and silent on the network but for what a page asks. @throws when there is no browser */
export function startChromium(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath === undefined) {
    throw new Error('There is no Chromium on this machine. On Debian: apt-get install chromium.');
  }
  // Containers have no sandbox for it, and pages are our own.
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];
  return chromium.launch({ executablePath, args });
}
