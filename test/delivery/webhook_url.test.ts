import { withMarks } from '../../delivery/webhook_url.ts';

const URL_OF_HOOK = 'https://hooks.zapier.example/hooks/standard/1/a/';

test('marks are added to the URL, and empty ones are left out', () => {
  expect(withMarks(`${URL_OF_HOOK}?keep=1`, { reference: 'row 7&x=ü', forwarded: '' })).toBe(
    `${URL_OF_HOOK}?keep=1&reference=row+7%26x%3D%C3%BC`,
  );
  expect(withMarks(URL_OF_HOOK, { reference: '' })).toBe(URL_OF_HOOK);
});
