import { defineCreate } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import * as fields from '../fields/common_fields.ts';
import * as followUp from '../fields/follow_up_fields.ts';
import { index, parentTask } from '../fields/task_fields.ts';
import { VARIATION_CHOICES } from '../midjourney/choices.ts';
import { taskCreate } from '../tasks/task_create.ts';

export default defineCreate(
  taskCreate({
    operation: 'variation',
    description:
      'Creates four variations of one picture of a finished task. Use it to stay close to that picture, also with a word of its prompt or its shape changed (New Prompt, Aspect Ratio); Reroll Images paints the whole prompt anew instead. It needs the Task ID and which picture, takes about a minute, and Find Task gives a result that came later.',
    input: zod.object({
      origin_task_id: parentTask('variation'),
      index: index('variation', VARIATION_CHOICES, {
        label: 'Variation',
        helpText:
          'Which picture is varied, for example `Image 1 (top left)` or `2`. A picture that is upscaled already takes `Vary Strong` or `Vary Subtle` instead of its number.',
      }),
      type: followUp.variationType,
      prompt: fields.newPrompt,
      aspect_ratio: fields.newAspectRatio,
      skip_prompt_check: fields.skipPromptCheck,
    }),
  }),
);
