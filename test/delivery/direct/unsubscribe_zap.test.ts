import { unsubscribeZap } from '../../../delivery/direct/unsubscribe_zap.ts';
import { finishedId, listedUrls, listening, urlOf } from '../../support/hooks.ts';
import { MemoryCache } from '../../support/memory_cache.ts';
import { quickPauses } from '../../support/quick_pauses.ts';
import { quietConsole } from '../../support/quiet.ts';
import { startWorlds } from '../../support/worlds.ts';
import { thrownBy, zOf } from '../../support/z.ts';

quietConsole();
quickPauses();

test.each(['get', 'delete'])('it is tried again when a %s fails', async (call) => {
  const z = await zOf();
  const cache = new MemoryCache();
  await listening(cache, 'task.finished', ['a', 'b']);
  let failures = 5;
  cache.fails = (one) => one === call && failures-- > 0;
  await unsubscribeZap(z, cache, finishedId('a'));

  expect(await listedUrls(cache)).toEqual([urlOf('b')]);
});

test('it fails when the cache goes on failing, so that it is seen', async () => {
  const z = await zOf();
  const cache = new MemoryCache();
  await listening(cache, 'task.finished', ['a']);
  cache.fails = (call) => call === 'get';
  const error = await thrownBy(() => unsubscribeZap(z, cache, finishedId('a')));

  expect(error.message).toContain('could not take this Zap off the list');
});

test('no task goes to the hook of a Zap that could not be unsubscribed', async () => {
  const worlds = await startWorlds();
  const stays = await worlds.listen('task_finished');
  const goes = await worlds.listen('task_finished');
  worlds.zapier.cache.failKey = (key) => key.startsWith('hook:');
  await goes.switchOff();
  worlds.zapier.cache.failKey = undefined;
  const started = [];
  for (let task = 0; task < 3; task += 1) {
    started.push((await worlds.account.create('imagine', { prompt: 'fox' })).output.task_id);
  }
  await worlds.settled();
  await worlds.stop();

  expect(worlds.zapier.failures).toMatchObject([{ kind: 'AppError' }]);
  expect(stays.runs.map(({ task_id }) => task_id).sort()).toEqual(started.sort());
});
