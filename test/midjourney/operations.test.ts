import { canFollow, isOperation } from '../../midjourney/operations.ts';

test.each([
  ['upscale', ['reroll', 'upscale1'], true],
  ['upscale', ['reroll'], false],
  ['outpaint', ['zoom_out'], true],
  ['pan', ['upscale1', 'variation1'], false],
  ['seed', ['reroll'], true],
  ['pan', [], true],
] as const)('%s can follow a task with the actions %j: %s', (operation, actions, can) => {
  expect(canFollow(operation, actions)).toBe(can);
});

test('only names in the table are operations', () => {
  expect(['imagine', 'run_task', 'paint', 'toString', ''].filter(isOperation)).toEqual([
    'imagine',
    'run_task',
  ]);
});
