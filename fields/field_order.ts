import type { InputFieldGroup, PlainInputField } from 'zapier-platform-core';

/** What everybody looks at last, in this order, before the groups that are closed at first. */
const LAST: readonly string[] = ['process_mode', 'wait_for_result', 'reference'];

/** The fields of a create as people fill them in: what makes the task, required first; then how. */
export function inOrder(
  fields: readonly PlainInputField[],
  groups: readonly InputFieldGroup[],
): PlainInputField[] {
  const rank = ({ key, group, required }: PlainInputField): number => {
    const ofGroup = groups.findIndex((one) => one.key === group);
    if (ofGroup >= 0) {
      return 1 + LAST.length + ofGroup;
    }
    return required ? -1 : 1 + LAST.indexOf(key);
  };
  return fields
    .map((field) => ({ field, rank: rank(field) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ field }) => field);
}
