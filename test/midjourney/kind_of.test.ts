import { kindOf } from '../../midjourney/kind_of.ts';
import { aTask } from '../support/tasks.ts';

const LINK = 'https://files.example/a';

test.each([
  ['video', { operation: 'create_video' }],
  ['image', { operation: 'imagine' }],
  ['edit', { operation: 'edit_media', imageUrl: LINK }],
  ['video', { operation: 'run_task', videoUrls: [LINK], imageUrl: LINK }],
  ['3d', { operation: 'run_task', model3dUrl: LINK, imageUrl: LINK }],
  ['audio', { operation: 'run_task', audioUrls: [LINK], imageUrl: LINK }],
  ['image', { operation: 'run_task', imageUrl: LINK }],
  ['', { operation: 'run_task', imageUrl: '' }],
  ['', { operation: 'of another program', imageUrl: '' }],
])('%j is the kind of %j', (kind, known) => {
  const nothing = { imageUrl: '', imageUrls: [], videoUrls: [], audioUrls: [], model3dUrl: '' };
  expect(kindOf(aTask({ ...nothing, ...known }))).toBe(kind);
});
