import { defineCreate } from 'zapier-platform-core';
import { modelCreate } from '../tasks/model_create.ts';

export default defineCreate(
  modelCreate({
    operation: 'create_video',
    description:
      "Creates a film with Kling, Veo, Sora or another model, from words, a picture or another film. Choose the model, and its form shows. Films take several minutes; Animate Image makes Midjourney's own.",
    example: 'kling-3.0',
  }),
);
