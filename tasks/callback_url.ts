import type { ZObject } from 'zapier-platform-core';

/**
 * Where this run can be called back, which makes it pause. Undefined where Zapier has no such URL, as in
 * calls of agents and in `zapier-platform invoke`, and when it cannot make one: then the run ends by itself.
 */
export function callbackUrlOf(z: ZObject): string | undefined {
  try {
    return z.generateCallbackUrl() || undefined;
  } catch {
    z.console.log('There is no callback URL, so the step waits only for as long as it has time.');
    return undefined;
  }
}
