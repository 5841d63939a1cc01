import { startZapier, type Zapier, type ZapierSettings } from '../../../sandbox/zapier/zapier.ts';
import { exampleApp } from './example_app.ts';

/** Runs `story` in its own world, which is stopped even if it throws. */
export async function inWorld(
  story: (zapier: Zapier) => Promise<void>,
  settings: Partial<ZapierSettings> = {},
): Promise<void> {
  const zapier = await startZapier(exampleApp, settings);
  try {
    await story(zapier);
  } finally {
    await zapier.stop();
  }
}

/** POSTs JSON as a service does. */
export function post(url: string, body: unknown, headers: Record<string, string> = {}) {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}
