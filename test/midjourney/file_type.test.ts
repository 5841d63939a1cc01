import fc from 'fast-check';
import { fileTypeOf } from '../../midjourney/file_type.ts';
import { littleMp4, toneWav } from '../../sandbox/service/media.ts';
import { holds } from '../support/holds.ts';

const startingWith = (text: string): Buffer => Buffer.from(text.padEnd(32, '\0'), 'latin1');

test.each([
  ['\x89PNG\r\n', 'png', 'image'],
  ['\xff\xd8\xff\xe0', 'jpg', 'image'],
  ['GIF89a', 'gif', 'image'],
  ['RIFF\0\0\0\0WEBP', 'webp', 'image'],
  ['RIFF\n\n\n\nWAVE', 'wav', 'audio'],
  ['OggS', 'ogg', 'audio'],
  ['ID3', 'mp3', 'audio'],
  ['\xff\xfb', 'mp3', 'audio'],
  ['\0\0\0\x1cftypM4A ', 'm4a', 'audio'],
  ['\0\0\0\x14ftypqt  ', 'mov', 'video'],
  ['\0\0\0\x18ftypisom', 'mp4', 'video'],
  ['\x1aE\xdf\xa3', 'webm', 'video'],
])('a file that begins with %j is a %s', (start, extension, kind) => {
  expect(fileTypeOf(startingWith(start))).toEqual({ extension, kind });
});

test.each([
  '\0\0\0\x18ftypheic',
  '\0\0\0\x1cftypavif',
  '\0\0\0\x18ftypmif1',
  '<!DOCTYPE html>',
  '%PDF-1.7',
  'PK\x03\x04',
  '',
])('a file that begins with %j is none that services take', (start) => {
  expect(fileTypeOf(startingWith(start))).toBeUndefined();
});

test('the films and sounds of the sandbox are what they are called', () => {
  expect(fileTypeOf(littleMp4())?.extension).toBe('mp4');
  expect(fileTypeOf(toneWav())?.extension).toBe('wav');
});

test('any bytes are looked at without an error', () => {
  const looked = fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
    expect(['image', 'video', 'audio', undefined]).toContain(fileTypeOf(bytes)?.kind);
  });
  holds(looked);
});
