import type { PlainInputField } from 'zapier-platform-core';

/** Text between the fields of a form. */
export const notice = (key: string, helpText: string): PlainInputField => ({
  key,
  type: 'copy',
  helpText,
});
