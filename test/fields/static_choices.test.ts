import * as zod from 'zod/mini';
import { imagineInput } from '../../creates/imagine.ts';
import { serviceMode } from '../../fields/common_fields.ts';
import { outcome } from '../../fields/filter_fields.ts';
import * as followUp from '../../fields/follow_up_fields.ts';
import { type InputSchema, inputFieldsOf } from '../../fields/input.ts';
import { dimension } from '../../fields/picture_fields.ts';
import { readInput } from '../../fields/read_input.ts';
import * as video from '../../fields/video_fields.ts';

/** Every field whose list is the same for everybody. */
const { index: _, ...FOLLOW_UP } = { index: 0, ...followUp };
const SCHEMAS: readonly InputSchema[] = [
  ...Object.entries({
    ...imagineInput.shape,
    ...FOLLOW_UP,
    ...video,
    dimension,
    outcome: outcome(),
    service_mode: serviceMode,
  }).map(([key, part]) => zod.object({ [key]: part })),
];

const CASES = SCHEMAS.flatMap((schema) =>
  inputFieldsOf(schema).flatMap(({ key, label = '', choices }) =>
    Array.isArray(choices)
      ? choices.flatMap((choice) =>
          typeof choice === 'string' ? [] : [{ schema, key, label, choice }],
        )
      : [],
  ),
);

test('there are many', () => {
  expect(CASES.length).toBeGreaterThan(30);
});

test.each(CASES)('$label takes $choice.label for $choice.value', ({ schema, key, choice }) => {
  const read = (value: unknown) => Object(readInput(schema, { [key]: value }).input)[key];
  const expected = read(choice.value);

  expect(expected).toBeDefined();
  for (const text of [choice.label, choice.value]) {
    for (const written of [text, ` ${text} `, text.toUpperCase(), text.toLowerCase()]) {
      expect(read(written)).toEqual(expected);
    }
  }
});
