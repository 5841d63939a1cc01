import type { ModelField } from '../services/models/model_entry.ts';

/** Numbers from … to …, as a sentence; '' where there are no ends. */
function rangeOf({ min, max, choices }: ModelField): string {
  if (choices || (min === undefined && max === undefined)) {
    return '';
  }
  if (min !== undefined && max !== undefined) {
    return `From ${min} to ${max}.`;
  }
  return min === undefined ? `At most ${max}.` : `${min} or more.`;
}

const itemsOf = ({ list, children, max_items }: ModelField): string =>
  (list || children) && max_items !== undefined ? `Up to ${max_items}.` : '';

const lengthOf = ({ max_length }: ModelField): string =>
  max_length === undefined ? '' : `At most ${max_length} characters.`;

const defaultOf = ({ default: value, required, type }: ModelField): string => {
  if (value === undefined || required) {
    return '';
  }
  const words = type === 'boolean' ? (value === true ? 'Yes' : 'No') : `\`${value}\``;
  return `${words} when left empty.`;
};

/** What a field is for, what it takes, and what of that is not certain. */
export const modelHelp = (field: ModelField): string =>
  [
    field.help,
    rangeOf(field),
    itemsOf(field),
    lengthOf(field),
    defaultOf(field),
    field.unsure && `Not certain: ${field.unsure} The service decides.`,
  ]
    .filter(Boolean)
    .join(' ');
