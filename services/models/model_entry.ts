import type { Kind } from '../../midjourney/operations.ts';

/** What a model makes, and so the step that starts it. */
export type ModelKind = Exclude<Kind, 'text'>;

/** The keys of a task's output under which the result of a model is. */
export type ResultKey = 'image_url' | 'video_url' | 'audio_url' | 'model_3d_url' | 'description';

/**
 * When a field is there: each of these other fields has one of these values; `true` stands for
 * filled in, `false` for left empty. A field that was left empty has its default.
 */
export type When = Readonly<Record<string, boolean | readonly string[]>>;

/** A field of a model's input. */
export interface ModelField {
  /** The service's own; dots lead into objects, numbers into lists: `custom_settings.0.outpaint_left` */
  readonly key: string;
  /** `text` has several lines; a `file` is a link; `points` are lines such as `10,20 30,40`. */
  readonly type: 'text' | 'string' | 'integer' | 'number' | 'boolean' | 'file' | 'points';
  readonly label: string;
  readonly help: string;
  /** It takes several. */
  readonly list?: true;
  readonly required?: true;
  /** Of a number. */
  readonly min?: number;
  readonly max?: number;
  /** Characters. */
  readonly max_length?: number;
  /** How a text is written, as a regular expression. */
  readonly pattern?: string;
  /** Of a list. */
  readonly min_items?: number;
  readonly max_items?: number;
  /** The only values, as the service writes them. */
  readonly choices?: readonly (string | number)[];
  /** What the service takes when it is left out. */
  readonly default?: string | number | boolean;
  readonly when?: When;
  /** Each value of the list goes into an object, under this key. */
  readonly item?: string;
  /** A list of objects with these fields. */
  readonly children?: readonly ModelField[];
  /** What is guessed of it, as a sentence, '' where it is the form; range, lengths and choices then refuse nothing. */
  readonly unsure?: string;
}

/** One form: a model and what it is to do. */
export interface ModelEntry {
  readonly model: string;
  /** With what it is good for. */
  readonly modelLabel: string;
  /** The service's type of the task; where one type has several forms, with `:` and a name. */
  readonly task: string;
  readonly taskLabel: string;
  readonly kind: ModelKind;
  readonly gives: readonly ResultKey[];
  /** The object of the body that all fields but the prompt are in (APIFRAME). */
  readonly params?: string;
  /** It has to be there though nothing is in it. */
  readonly needsParams?: true;
  /** What is always sent; a part of an object only where something else of that object is. */
  readonly fixed?: Readonly<Record<string, string | number | boolean>>;
  /** Of each of these groups at least one field is filled in. */
  readonly either?: readonly (readonly string[])[];
  /** What it costs, in words, where that is known. */
  readonly cost?: string;
  /** What else is to be known of it, as a sentence. */
  readonly note?: string;
  /** What is guessed of the whole form, as a sentence. */
  readonly unsure?: string;
  /** Of two fields with one key the conditions never hold together. */
  readonly fields: readonly ModelField[];
}
