import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Documented with `sha256=` before it; its own SDK also takes it bare. */
const SIGNATURE = /^\s*(?:sha256=)?([0-9a-f]{64})\s*$/i;

/**
 * Whether APIFRAME signed this body: an HMAC-SHA256 over the raw body, keyed by the SHA-256 of the API
 * key. Its pages and its SDK disagree whether the key is that hash as hex text or as bytes, so both are
 * taken (a guess, see docs/gotchas.md). Compares in constant time.
 */
export function isSignedByApiframe(content: string, signature: string, apiKey: string): boolean {
  const received = Buffer.from(SIGNATURE.exec(signature)?.[1] ?? '', 'hex');
  const hash = createHash('sha256').update(apiKey).digest();
  const matches = [hash.toString('hex'), hash].map((key) => {
    const expected = createHmac('sha256', key).update(content).digest();
    return received.length === expected.length && timingSafeEqual(received, expected);
  });
  return matches.includes(true);
}
