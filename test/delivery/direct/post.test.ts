import { post } from '../../../delivery/direct/post.ts';
import { answering, zOf } from '../../support/z.ts';

const URL_OF_HOOK = 'https://hooks.zapier.example/hooks/standard/1/a/';

test.each([
  [200, 'accepted'],
  [204, 'accepted'],
  [410, 'gone'],
  [429, 'failed'],
  [302, 'refused'],
  [404, 'refused'],
  [408, 'failed'],
  [500, 'failed'],
])('HTTP %i means %s', async (status, answer) => {
  const z = await zOf();
  answering(z, () => status);
  expect(await post(z, URL_OF_HOOK, '{}', { timeoutMilliseconds: 100 })).toBe(answer);
});

test('posting to an unreachable hook fails without throwing', async () => {
  const z = await zOf();
  answering(z, () => new Error('ECONNREFUSED'));
  expect(await post(z, URL_OF_HOOK, '{}', { timeoutMilliseconds: 100 })).toBe('failed');
});

test('a post follows no redirect and always has a time limit', async () => {
  const z = await zOf();
  const sent = answering(z, () => 200);
  await post(z, URL_OF_HOOK, '{"a":1}', { headers: { 'x-one': '1' }, timeoutMilliseconds: -5 });
  expect(sent).toEqual([
    {
      url: URL_OF_HOOK,
      method: 'POST',
      body: '{"a":1}',
      headers: { 'content-type': 'application/json', 'x-one': '1' },
      timeout: 1,
      redirect: 'manual',
      skipThrowForStatus: true,
    },
  ]);
});
