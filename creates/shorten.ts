import { defineCreate } from 'zapier-platform-core';
import * as zod from 'zod/mini';
import * as fields from '../fields/common_fields.ts';
import { taskCreate } from '../tasks/task_create.ts';

export default defineCreate(
  taskCreate({
    operation: 'shorten',
    description:
      'Shortens a long prompt to the words that count, in several ways. Use it before Create Images; Describe Image writes prompts for a picture instead. It needs the prompt, takes about half a minute, and gives the best one as Final Prompt. Find Task gives a result that came later.',
    input: zod.object({
      prompt: fields.longPrompt,
    }),
  }),
);
