import { readFileSync } from 'node:fs';
import type { ModelEntry, ModelField } from './model_entry.ts';
import { withOwnExample } from './own_example.ts';

/** A field whose words are those that its key has everywhere, where it has none of its own. */
export interface CatalogueField extends Omit<ModelField, 'label' | 'help' | 'children'> {
  readonly label?: string;
  readonly help?: string;
  readonly children?: readonly CatalogueField[];
}

type Own = 'model' | 'modelLabel' | 'task' | 'taskLabel' | 'fields';

/** One form, for several models or for several of their tasks. */
export interface CatalogueRow extends Omit<ModelEntry, Own> {
  readonly models: readonly string[];
  /** Labels by task. */
  readonly tasks: Readonly<Record<string, string>>;
  readonly fields: readonly CatalogueField[];
}

/** The models of one service, as its file has them. */
export interface Catalogue {
  /** Labels by model, with what it is good for, in the order of the dropdown. */
  readonly models: Readonly<Record<string, string>>;
  readonly rows: readonly CatalogueRow[];
}

/** The words of fields by their keys, as a file has them. */
export type FieldWords = Readonly<Record<string, Pick<ModelField, 'label' | 'help'>>>;

/** The files lie beside this one, and beside the built app. */
const textOf = (name: string): string =>
  readFileSync(new URL(`./${name}.json`, import.meta.url), 'utf8');

const withWords =
  (words: FieldWords, row: Pick<CatalogueRow, 'unsure'>) =>
  ({ children, ...field }: CatalogueField): ModelField => {
    const { label = field.key, help = '' } = words[field.key] ?? {};
    return {
      ...{ label, help: withOwnExample(help, field) },
      ...(row.unsure !== undefined && { unsure: '' }),
      ...field,
      ...(children && { children: children.map(withWords(words, row)) }),
    };
  };

/** Each form of a catalogue, with its words. */
export const entriesIn = ({ models, rows }: Catalogue, words: FieldWords): ModelEntry[] =>
  rows.flatMap(({ models: names, tasks, ...row }) => {
    const fields = row.fields.map(withWords(words, row));
    return names.flatMap((model) =>
      Object.entries(tasks).map(([task, taskLabel]) => ({
        ...row,
        ...{ model, modelLabel: models[model] ?? model, task, taskLabel, fields },
      })),
    );
  });

/**
 * The forms of a service's models, in the order of its dropdown. Read when they are first needed, for
 * the app has to start quickly.
 */
export function catalogue(service: string): () => readonly ModelEntry[] {
  let entries: readonly ModelEntry[] | undefined;
  return () => {
    if (!entries) {
      const read: Catalogue = JSON.parse(textOf(service));
      const place = new Map(Object.keys(read.models).map((model, index) => [model, index]));
      const placeOf = ({ model }: ModelEntry) => place.get(model) ?? place.size;
      entries = entriesIn(read, JSON.parse(textOf('fields'))).sort(
        (a, b) => placeOf(a) - placeOf(b),
      );
    }
    return entries;
  };
}
