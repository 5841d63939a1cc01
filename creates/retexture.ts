import { defineCreate } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import * as fields from '../fields/common_fields.ts';
import * as pictures from '../fields/picture_fields.ts';
import { taskCreate } from '../tasks/task_create.ts';

export default defineCreate(
  taskCreate({
    operation: 'retexture',
    description:
      'Paints any picture anew by a prompt and keeps its shapes, for example a sketch as a photograph. Use it on pictures from elsewhere; Remix Image does the same with a picture of a task. It needs a file or a public link and a prompt, and takes about two minutes. Find Task gives a result that came later.',
    input: zod.object({
      image_url: pictures.image('to paint anew'),
      prompt: fields.otherPrompt,
    }),
  }),
);
