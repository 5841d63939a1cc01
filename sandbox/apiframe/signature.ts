import { createHash, createHmac } from 'node:crypto';

/**
 * The value of `X-Webhook-Signature`: HMAC-SHA256 of the body, keyed by the SHA-256 of the API key.
 * The vendor's SDK takes the hash as bytes, a handler that was seen in use takes its hex text.
 * @param text the body, exactly as it is sent
 * @param keyedBy `wrong` signs with another API key
 */
export function signatureOf(
  apiKey: string,
  text: string,
  keyedBy: 'hex' | 'bytes' | 'wrong',
): string {
  const signer = keyedBy === 'wrong' ? `not ${apiKey}` : apiKey;
  const hash = createHash('sha256').update(signer).digest();
  const key = keyedBy === 'bytes' ? hash : hash.toString('hex');
  return `sha256=${createHmac('sha256', key).update(text).digest('hex')}`;
}
