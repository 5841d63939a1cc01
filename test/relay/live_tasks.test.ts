import type { Reader } from '../../relay/database.ts';
import { createLiveTasks } from '../../relay/live_tasks.ts';

test('after a database that did not answer, whoever comes next is listened for', async () => {
  let isDown = true;
  const sql: Reader = {
    async rows() {
      if (isDown) {
        throw new Error('Down.');
      }
      return [];
    },
  };
  const live = createLiveTasks(sql);
  await expect(live.listen('all', () => undefined)).rejects.toThrow('Down.');
  isDown = false;
  const end = await live.listen('all', () => undefined);
  end();
  live.stop();
});
