import { defineCreate } from 'zapier-platform-core';
import { modelCreate } from '../tasks/model_create.ts';

export default defineCreate(
  modelCreate({
    operation: 'create_3d_model',
    description: 'Creates a 3D model from a picture or from words, as a GLB file.',
    example: 'Qubico/trellis',
  }),
);
