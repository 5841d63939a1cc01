import { defineCreate } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import * as pictures from '../fields/picture_fields.ts';
import { taskCreate } from '../tasks/task_create.ts';

export default defineCreate(
  taskCreate({
    operation: 'remove_background',
    description:
      'Cuts out the subject of any picture and removes what is behind it. Use it for product photos and logos; Repaint Area puts something else in the place of a part. It needs a file or a public link, and takes about a minute. Find Task gives a result that came later.',
    input: zod.object({
      image_url: pictures.image('to cut out'),
    }),
  }),
);
