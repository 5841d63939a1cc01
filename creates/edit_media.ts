import { defineCreate } from 'zapier-platform-core';
import { modelCreate } from '../tasks/model_create.ts';

export default defineCreate(
  modelCreate({
    operation: 'edit_media',
    description:
      'Edits a picture or a film: enlarges it, removes the background, cuts something out, swaps faces, tries on clothes or writes a caption. Choose the model, and its form shows.',
    example: 'topaz-image-upscale',
  }),
);
