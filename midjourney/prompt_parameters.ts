/** A Midjourney parameter as it can stand in a prompt. */
export interface Parameter {
  /** The key and label of the field that stands for it. */
  readonly key: string;
  readonly label: string;
  /** Its names in a prompt; the first is the one that is written. */
  readonly names: readonly string[];
  /** Undefined for one that takes no value, or may go without. */
  readonly example?: string;
  /** The least and the most it may be. */
  readonly range?: readonly [number, number];
  readonly values?: readonly number[];
  readonly pattern?: RegExp;
  /** May stand in a prompt more than once. */
  readonly repeats?: boolean;
}

export const PARAMETERS: readonly Parameter[] = [
  {
    key: 'aspect_ratio',
    label: 'Aspect Ratio',
    names: ['ar', 'aspect'],
    example: '16:9',
    pattern: /^\d+(\.\d+)?:\d+(\.\d+)?$/,
  },
  { key: 'process_mode', label: 'Speed', names: ['fast', 'relax', 'turbo'] },
  {
    key: 'version',
    label: 'Version',
    names: ['v', 'version'],
    example: '7',
    pattern: /^\d+(\.\d+)?$/,
  },
  { key: 'version', label: 'Version', names: ['niji'] },
  { key: 'stylize', label: 'Stylize', names: ['stylize', 's'], example: '250', range: [0, 1000] },
  { key: 'chaos', label: 'Chaos', names: ['chaos', 'c'], example: '30', range: [0, 100] },
  { key: 'weird', label: 'Weird', names: ['weird', 'w'], example: '500', range: [0, 3000] },
  {
    key: 'quality',
    label: 'Quality',
    names: ['quality', 'q'],
    example: '2',
    values: [0.25, 0.5, 1, 2, 4],
  },
  { key: 'tile', label: 'Tile', names: ['tile'] },
  { key: 'seed', label: 'Seed', names: ['seed'], example: '1379580925', range: [0, 4_294_967_295] },
  { key: 'no', label: 'Leave Out', names: ['no'], example: 'text', repeats: true },
  {
    key: 'style_reference',
    label: 'Style References',
    names: ['sref'],
    example: 'https://example.com/style.png',
    repeats: true,
  },
  {
    key: 'character_reference',
    label: 'Character References',
    names: ['cref'],
    example: 'https://example.com/hero.png',
    repeats: true,
  },
];

const BY_NAME = new Map(
  PARAMETERS.flatMap((parameter) => parameter.names.map((name) => [name, parameter])),
);

/** A known parameter that was found in a prompt. */
export interface Found {
  readonly parameter: Parameter;
  /** As written, with its hyphens: `--S`. */
  readonly written: string;
  /** What is stuck to the name: `16:9` of `--ar16:9`. */
  readonly glued: string;
  /** What follows up to the next parameter. */
  readonly value: string;
}

/** Only after white space: two hyphens inside a word or a link are no parameter. */
const TOKEN = /(?<=^|\s)--([a-z]+)(\S*)/gi;

/** The text of a prompt, and the known parameters behind it. Unknown ones are left alone. */
export function readPrompt(prompt: string): { text: string; found: Found[] } {
  const tokens = [...prompt.matchAll(TOKEN)];
  const found = tokens.flatMap((token, position) => {
    const [whole, name = '', glued = ''] = token;
    const parameter = BY_NAME.get(name.toLowerCase());
    const value = prompt.slice(token.index + whole.length, tokens[position + 1]?.index).trim();
    return parameter ? [{ parameter, written: `--${name}`, glued, value }] : [];
  });
  return { text: prompt.slice(0, tokens[0]?.index).trim(), found };
}

/** A long dash that an editor made of two hyphens, where nothing but a parameter makes sense. */
const DASHED = /(?<=^|\s)[—–]((?:[a-z]+)(?=\s*\d)|(?:sref|cref|tile)\b)/gi;

export const dashedParameters = (prompt: string): string[] =>
  [...prompt.matchAll(DASHED)].flatMap(([, name = '']) =>
    BY_NAME.has(name.toLowerCase()) ? [name] : [],
  );
