import { callbackSecret, hookSecret } from '../secret.ts';
import type { Hook } from './directory.ts';

/** The secret that a hook takes: its own, unless an earlier version entered it. */
export const secretOf = (apiKey: string, { own_secret, target_url }: Hook): string =>
  own_secret ? hookSecret(apiKey, target_url) : callbackSecret(apiKey);
