import { directLink, isSharePage } from '../../midjourney/direct_link.ts';

const DRIVE = 'https://drive.google.com/uc?export=download&id=1aB-c_D';

test.each([
  ['https://drive.google.com/file/d/1aB-c_D/view?usp=sharing', DRIVE],
  ['https://drive.google.com/file/d/1aB-c_D/preview', DRIVE],
  ['https://drive.google.com/open?id=1aB-c_D', DRIVE],
  ['https://drive.google.com/uc?id=1aB-c_D', DRIVE],
  ['https://www.dropbox.com/s/abc/fox.png?dl=0', 'https://www.dropbox.com/s/abc/fox.png?dl=1'],
  [
    'https://www.dropbox.com/scl/fi/abc/fox.png?rlkey=k&raw=1&dl=0',
    'https://www.dropbox.com/scl/fi/abc/fox.png?rlkey=k&dl=1',
  ],
  [' https://www.dropbox.com/s/abc/fox.png ', 'https://www.dropbox.com/s/abc/fox.png?dl=1'],
])('%s leads to the file as %s', (link, direct) => {
  expect(directLink(link)).toBe(direct);
  expect(directLink(direct)).toBe(direct);
});

test.each([
  'https://example.com/file/d/1aB/view',
  'https://drive.google.com.example/open?id=1',
  'https://notdropbox.com/s/abc/fox.png?dl=0',
  'https://a.example/fox.png?dl=0',
  'no link',
])('%s stays as it is', (link) => {
  expect(directLink(link)).toBe(link);
  expect(isSharePage(link)).toBe(false);
});

test.each([
  'https://photos.app.goo.gl/abc',
  'https://photos.google.com/share/abc',
  'https://drive.google.com/drive/folders/abc',
  'https://www.dropbox.com/scl/fo/abc?dl=0',
  'https://www.icloud.com/iclouddrive/abc',
  'https://1drv.ms/i/abc',
  'https://we.tl/t-abc',
])('%s is a page that names no file', (link) => {
  expect(isSharePage(link)).toBe(true);
});
