/** A text without what PostgreSQL cannot keep: NUL, and halves of letters. */
export const clean = (text: string): string => text.replaceAll('\0', '').toWellFormed();
