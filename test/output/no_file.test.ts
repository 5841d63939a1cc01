import { insteadByContent, insteadOfFile } from '../../output/no_file.ts';

test.each([
  ['image/png', undefined],
  ['image/svg+xml', undefined],
  ['video/mp4', undefined],
  ['application/octet-stream', undefined],
  ['', undefined],
  ['text/html; charset=utf-8', 'a web page'],
  ['application/xhtml+xml', 'a web page'],
  ['application/json', 'JSON'],
  ['application/problem+json', 'JSON'],
  ['application/xml', 'XML'],
  ['text/plain', 'text'],
])('%j is %s instead of a picture', (type, instead) => {
  expect(insteadOfFile(type, undefined)).toBe(instead);
});

test.each(['model/gltf-binary', 'model/gltf+json', 'text/plain', 'application/json'])(
  'a 3D model may come as %s',
  (type) => {
    expect(insteadOfFile(type, 'model_3d')).toBeUndefined();
  },
);

test('a page is no 3D model either', () => {
  expect(insteadOfFile('text/html', 'model_3d')).toBe('a web page');
});

test.each([
  ['\u0089PNG\r\n\u001a\n{"', undefined],
  ['RIFF<html', undefined],
  ['  <!DOCTYPE html>', 'a web page'],
  ['<?xml version="1.0"?><Error>', 'XML'],
  ['<Error><Code>AccessDenied', 'XML'],
  ['{"error": 1}', 'JSON'],
  ['[{}]', 'JSON'],
])('content that begins with %j is %s', (start, instead) => {
  expect(insteadByContent(Buffer.from(start, 'latin1'), undefined)).toBe(instead);
});
