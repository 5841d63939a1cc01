import { defineCreate } from 'zapier-platform-core';
import { IMAGINE } from '../midjourney/operations.ts';
import { taskCreate } from './task_create.ts';

export default defineCreate(taskCreate(IMAGINE));
