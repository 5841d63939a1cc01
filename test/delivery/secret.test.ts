import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import {
  callbackSecret,
  connectionId,
  isSameSecret,
  managementToken,
} from '../../delivery/secret.ts';
import { holds } from '../support/holds.ts';

describe('the secret chain', () => {
  test('is computed as documented', () => {
    const m = createHmac('sha256', 'key-1').update('midjourney-zapier/manage', 'utf8').digest();
    const M = m.toString('base64url');
    const s = createHmac('sha256', Buffer.from(M, 'utf8'));
    const S = s.update('midjourney-zapier/callback', 'utf8').digest().toString('base64url');
    const C = createHash('sha256').update(Buffer.from(S, 'utf8')).digest('base64url').slice(0, 22);
    expect(managementToken('key-1')).toBe(M);
    expect(callbackSecret('key-1')).toBe(S);
    expect(connectionId(S)).toBe(C);
  });

  test('has the same values in every release', () => {
    expect(managementToken('key-1')).toBe('y-4laDcA9UhQFPwgTef03Njc6hH8SPEQ1wkBe-VQf0U');
    expect(callbackSecret('key-1')).toBe('Ew7ihkV1GwmNRpP1LveNpV-e4Tdm9UA8lYutXGfSCnU');
    expect(connectionId(callbackSecret('key-1'))).toBe('e0k-SwglQwf7Cx17GlEqCZ');
  });

  test('fits a header and a URL, and never shows the key', () => {
    const key = fc.string({ minLength: 8, maxLength: 60, unit: 'binary' });
    holds(
      fc.property(key, (apiKey) => {
        const links = [managementToken(apiKey), callbackSecret(apiKey)];
        for (const link of links) {
          expect(link).toMatch(/^[\w-]{43}$/);
          expect(link).not.toContain(apiKey);
        }
        expect(connectionId(callbackSecret(apiKey))).toMatch(/^[\w-]{22}$/);
        expect(new Set(links).size).toBe(2);
      }),
    );
  });
});

describe('isSameSecret', () => {
  test('is true for the same text and for nothing else', () => {
    holds(
      fc.property(fc.string(), fc.string(), (one, other) => {
        expect(isSameSecret(one, one)).toBe(true);
        expect(isSameSecret(one, other)).toBe(one === other);
      }),
    );
  });

  test('is false for an empty, longer or shorter text', () => {
    const secret = callbackSecret('key-1');
    expect(isSameSecret('', secret)).toBe(false);
    expect(isSameSecret(`${secret}x`, secret)).toBe(false);
    expect(isSameSecret(secret.slice(0, -1), secret)).toBe(false);
    expect(isSameSecret(secret.toLowerCase(), secret)).toBe(false);
  });
});
