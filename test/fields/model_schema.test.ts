import * as zod from 'zod/mini';
import { modelSchema } from '../../fields/model_schema.ts';
import type { ModelField } from '../../services/models/model_entry.ts';

const field = (more: Partial<ModelField>): ModelField => ({
  ...{ key: 'field', type: 'string', label: 'Field', help: 'For example `fox`.' },
  ...more,
});

/** What is sent of a value, or what is said about it. */
function read(more: Partial<ModelField>, value: unknown): unknown {
  const { success, data, error } = zod.safeParse(modelSchema(field(more)), value);
  return success ? data : error.issues.map(({ message }) => message).join(' ');
}

const LINK = 'https://files.example/fox.png';
const OTHER = 'https://files.example/snow.png';

test.each([
  [{ type: 'file' }, [LINK], LINK],
  [{ type: 'file' }, `${LINK},${OTHER}`, 'This takes one file or link. Leave the others out.'],
  [{ type: 'file' }, 'fox.png', 'Choose a file, or enter a public link that starts with https://.'],
  [{ type: 'file', list: true }, [LINK, '', OTHER], [LINK, OTHER]],
  [{ type: 'file', list: true, max_items: 1 }, [LINK, OTHER], 'Enter at most 1.'],
  [{ type: 'file', list: true, max_items: 1, unsure: '' }, [LINK, OTHER], [LINK, OTHER]],
  [{ type: 'file', list: true, min_items: 2 }, [LINK], 'Enter at least 2.'],
  [{ list: true }, 'a, b', ['a', 'b']],
  [{ type: 'boolean' }, 'yes', true],
  [{ type: 'boolean' }, 'perhaps', 'Choose yes or no.'],
  [{ type: 'integer', min: 1, max: 4 }, '5', 'Enter a whole number from 1 to 4.'],
  [{ type: 'integer', min: 1, max: 4, unsure: '' }, '5', 5],
  [{ type: 'number', max: 1 }, '0,5', 0.5],
  [{ type: 'number' }, '1,500', 'Write 1500 or 1.500: a comma may mean both.'],
  [{ max_length: 3 }, 'four', 'Use at most 3 characters. This has 4.'],
  [{ max_length: 3, unsure: '' }, 'four', 'four'],
  [{ pattern: '^\\d+:\\d+$' }, '16 by 9', 'Write it like fox.'],
  [{ pattern: '^\\d+:\\d+$', help: 'Two numbers.' }, 'x', 'Write it like the example.'],
  [{}, undefined, 'Fill in this field.'],
  [{}, [1, 2], 'Use a text or a number.'],
  [{ choices: ['std', 'pro'] }, 'PRO', 'pro'],
  [{ choices: ['std', 'pro'] }, 'max', 'Choose one of: std, pro.'],
  [{ choices: ['std', 'pro'], unsure: '' }, 'max', 'max'],
  [{ type: 'integer', choices: [5, 10] }, '10.0', 10],
  [{ type: 'integer', choices: [5, 10], unsure: '' }, '15', 15],
  [{ type: 'integer', choices: [5, 10], unsure: '' }, 'long', 'long'],
  [
    { type: 'points' },
    '1,2 3,4',
    [
      {
        points: [
          { x: 1, y: 2 },
          { x: 3, y: 4 },
        ],
      },
    ],
  ],
] as const satisfies readonly (readonly [Partial<ModelField>, unknown, unknown])[])(
  '%j: %j is %j',
  (more, value, expected) => {
    expect(read(more, value)).toEqual(expected);
  },
);

describe('rows', () => {
  const rows = {
    key: 'shots',
    children: [
      field({ key: 'prompt', label: 'Shot', required: true }),
      field({ key: 'seconds', type: 'integer', label: 'Seconds' }),
    ],
  };
  const own = (prompt: unknown, seconds: unknown) => ({
    input__shots__prompt: prompt,
    input__shots__seconds: seconds,
  });
  const both = [
    { prompt: 'a', seconds: 3 },
    { prompt: 'b', seconds: 4 },
  ];

  test.each([
    ['under the keys of the form', [own('a', '3'), own('b', 4)], both],
    ['under the keys of the service', both, both],
    ['with empty ones between', [own('a', 3), own('', ''), null, {}, own('b', 4)], both],
    ['as one row of lists', own(['a', 'b'], [3, '4']), both],
    [
      'as one row of lists of which one is longer',
      own(['a', 'b'], 3),
      [
        { prompt: 'a', seconds: 3 },
        { prompt: 'b', seconds: 3 },
      ],
    ],
    ['as one row', own('a', ''), [{ prompt: 'a' }]],
    [
      'with what is wrong',
      [own('a', 3), own('', 'x')],
      'Row 2, Shot: Fill in this field. Row 2, Seconds: Enter a whole number.',
    ],
    [
      'as a text',
      'a',
      'Row 1, Fill in its fields, or choose line items of an earlier step for each.',
    ],
  ])('%s', (_how, value, expected) => {
    expect(read(rows, value)).toEqual(expected);
  });
});
