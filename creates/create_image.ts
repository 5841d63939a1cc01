import { defineCreate } from 'zapier-platform-core';
import { modelCreate } from '../tasks/model_create.ts';

export default defineCreate(
  modelCreate({
    operation: 'create_image',
    description:
      'Creates pictures with Flux, Nano Banana, Seedream or another model than Midjourney, also from other pictures. Use Create Images for Midjourney.',
    example: 'nano-banana-2',
  }),
);
