import { defineCreate } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import { withCheckedPrompt } from '../fields/checked_prompt.ts';
import * as followUp from '../fields/follow_up_fields.ts';
import * as pictures from '../fields/picture_fields.ts';
import { parentTaskOr } from '../fields/task_fields.ts';
import * as videos from '../fields/video_fields.ts';
import { taskCreate } from '../tasks/task_create.ts';

const input = zod.object({
  origin_task_id: parentTaskOr('video', 'Image File or Link'),
  index: followUp.imageNumber,
  image_url: pictures.startImage,
  prompt: videos.videoPrompt,
  motion: videos.motion,
  resolution: videos.resolution,
});

export default defineCreate(
  taskCreate({
    operation: 'video',
    description:
      'Animates a picture as four short videos. Use it for a picture of a finished task, or for any other as a file or a public link; Extend Video makes one of the videos longer, and Run Any Model makes films with other models. It needs the picture alone, and takes three to five minutes. Find Task gives a result that came later.',
    input,
    either: ['origin_task_id', 'image_url'],
    prepare: (z, entered) => withCheckedPrompt(z, entered, input, false),
  }),
);
