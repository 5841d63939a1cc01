import { isSignedByApiframe } from '../../services/apiframe_signature.ts';
import vector from '../fixtures/apiframe/signature_vector.json' with { type: 'json' };

const { apiKey_made_up: KEY, body_utf8: BODY } = vector;
const READINGS = [
  ['hex text', vector.variant_hextext_key],
  ['bytes', vector.variant_rawbytes_key],
] as const;

describe.each(READINGS)('a signature keyed by the hash of the API key as %s', (_, signature) => {
  const bare = signature.replace('sha256=', '');

  test.each([
    ['as it is documented', signature],
    ['without the prefix', bare],
    ['in capital letters', bare.toUpperCase()],
    ['with white space around it', ` ${signature}\n`],
  ])('is taken %s', (_name, written) => {
    expect(isSignedByApiframe(BODY, written, KEY)).toBe(true);
  });

  test.each([
    ['a body changed by one byte', BODY.replace('100', '101'), signature, KEY],
    ['a body with a space more', `${BODY} `, signature, KEY],
    ['another key', BODY, signature, `${KEY}x`],
    ['a digit less', BODY, signature.slice(0, -1), KEY],
    ['another digit', BODY, signature.replace(/.$/, (digit) => (digit === '0' ? '1' : '0')), KEY],
    ['another hash', BODY, `sha1=${bare}`, KEY],
  ])('is not taken for %s', (_name, content, written, apiKey) => {
    expect(isSignedByApiframe(content, written, apiKey)).toBe(false);
  });
});

test.each([[''], ['sha256='], ['none'], ['{}']])('%j is no signature', (signature) => {
  expect(isSignedByApiframe(BODY, signature, KEY)).toBe(false);
});
