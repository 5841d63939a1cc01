/** A version of Midjourney, or of Niji, its model for anime. */
interface Version {
  readonly isNiji: boolean;
  readonly number: number;
}

/** What a parameter needs; `only` continues "only with". */
interface Rule {
  /** In lower case, without the hyphens. */
  readonly flags: readonly string[];
  readonly works: (version: Version, value: string) => boolean;
  readonly only: string;
}

const from =
  (least: number) =>
  ({ number }: Version): boolean =>
    number >= least;

/** From public guides of September 2026. What is not said there of Niji is left to Midjourney. */
const RULES: readonly Rule[] = [
  { flags: ['weird', 'w'], works: from(5), only: 'version 5 and later' },
  { flags: ['sref', 'sw', 'sv', 'p', 'profile'], works: from(6), only: 'version 6 and later' },
  { flags: ['exp'], works: from(7), only: 'version 7 and later' },
  {
    flags: ['quality', 'q'],
    works: ({ isNiji, number }) => isNiji || number < 8,
    only: 'version 7 and earlier',
  },
  {
    flags: ['quality', 'q'],
    works: ({ isNiji, number }, value) =>
      isNiji ||
      number >= 8 ||
      (number >= 7 ? [1, 2, 4] : [0.25, 0.5, 1, 2]).includes(Number(value)),
    only: 'the values 1, 2 and 4 on version 7, and 0.25, 0.5, 1 and 2 before it',
  },
  {
    flags: ['hd'],
    works: ({ isNiji, number }) => !isNiji && number > 8,
    only: 'version 8.1 and later',
  },
  { flags: ['draft'], works: ({ isNiji, number }) => !isNiji && number === 7, only: 'version 7' },
  {
    flags: ['raw'],
    works: ({ isNiji, number }) => isNiji || number >= 5.1,
    only: 'version 5.1 and later',
  },
  {
    flags: ['oref', 'ow'],
    works: ({ isNiji, number }) => !isNiji && number === 7,
    only: 'version 7',
  },
  {
    flags: ['cref', 'cw'],
    works: ({ number }) => number >= 6 && number < 7,
    only: 'version 6 and niji 6',
  },
  { flags: ['tile'], works: ({ isNiji, number }) => !isNiji || number < 7, only: 'other versions' },
  { flags: ['stop'], works: ({ number }) => number < 7, only: 'version 6 and earlier' },
  {
    flags: ['turbo'],
    works: ({ isNiji, number }) => isNiji || number < 8,
    only: 'version 7 and earlier',
  },
  {
    flags: ['iw'],
    works: ({ isNiji, number }, value) => !(Number(value) > (isNiji && number >= 7 ? 2 : 3)),
    only: 'values from 0 to 3, on niji 7 from 0 to 2',
  },
];

function versionOf(text: string): Version | undefined {
  const [, niji, number] = /^(niji )?(\d+(?:\.\d+)?)$/.exec(text) ?? [];
  return number === undefined ? undefined : { isNiji: niji !== undefined, number: Number(number) };
}

/**
 * Why a parameter does not go with a version that the user wrote, as the end of a sentence.
 * @param version as in its field, `8.1` or `niji 7`; any other fits all
 * @param flag without the hyphens
 */
export function versionProblem(version: string, flag: string, value: string): string | undefined {
  const known = versionOf(version);
  const broken =
    known &&
    RULES.find(
      ({ flags, works }) => flags.includes(flag.toLowerCase()) && !works(known, value.trim()),
    );
  return (
    broken &&
    `does not work with ${known.isNiji ? version : `version ${version}`}, only with ${broken.only}.`
  );
}

/** The flag whose rules a parameter's field follows. */
const FLAG_OF: Readonly<Record<string, string>> = {
  weird: 'weird',
  quality: 'quality',
  tile: 'tile',
  style_reference: 'sref',
  style_weight: 'sw',
  style_version: 'sv',
  character_reference: 'cref',
  character_weight: 'cw',
  omni_reference: 'oref',
  omni_weight: 'ow',
  image_weight: 'iw',
  profile: 'profile',
  raw: 'raw',
  hd: 'hd',
  draft: 'draft',
  experimental: 'exp',
  stop: 'stop',
};

/** Whether some versions take a parameter and others do not. @param key of its field */
export const dependsOnVersion = (key: string): boolean => Object.hasOwn(FLAG_OF, key);

/** Right for every parameter that has a value, so that only the parameter itself is judged. */
const ANY_VALUE = '1';

/** Whether a version takes a parameter. @param key of its field */
export const isForVersion = (key: string, version: string): boolean =>
  versionProblem(version, FLAG_OF[key] ?? '', ANY_VALUE) === undefined;
