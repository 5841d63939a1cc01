import { defineCreate } from 'zapier-platform-core';
import { modelCreate } from '../tasks/model_create.ts';

export default defineCreate(
  modelCreate({
    operation: 'create_audio',
    description:
      'Creates music, songs, speech or the sound of a film. Choose the model, and its form shows.',
    example: 'suno',
  }),
);
