import { defineCreate } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import { parentTask } from '../fields/task_fields.ts';
import * as videos from '../fields/video_fields.ts';
import { taskCreate } from '../tasks/task_create.ts';

export default defineCreate(
  taskCreate({
    operation: 'extend_video',
    description:
      'Makes one video of a task longer by about four seconds, up to four times. Use it to go on with a video that Animate Image made; Upscale Video makes one sharper instead. It needs the Task ID and which video, and takes three to five minutes. Find Task gives a result that came later.',
    input: zod.object({
      origin_task_id: parentTask('extend_video'),
      index: videos.videoNumber,
      prompt: videos.extensionPrompt,
    }),
  }),
);
