import { modelChanges } from '../../../scripts/model_changes.ts';

test('models that only one side has are new or gone', () => {
  expect(modelChanges(['suno', 'suno', 'veo-2'], ['suno', 'veo-4'])).toEqual({
    added: ['veo-4'],
    gone: ['veo-2'],
  });
});

test('the same models are neither', () => {
  expect(modelChanges(['suno'], ['suno'])).toEqual({ added: [], gone: [] });
});
