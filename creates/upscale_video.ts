import { defineCreate } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import { parentTask } from '../fields/task_fields.ts';
import * as videos from '../fields/video_fields.ts';
import { taskCreate } from '../tasks/task_create.ts';

export default defineCreate(
  taskCreate({
    operation: 'upscale_video',
    description:
      'Enlarges one video of a task. Use it when a video was chosen; Extend Video makes one longer, and Upscale Image is for pictures. It needs the Task ID and which video, and takes about five minutes. Find Task gives a result that came later.',
    input: zod.object({
      origin_task_id: parentTask('upscale_video'),
      index: videos.videoNumber,
    }),
  }),
);
