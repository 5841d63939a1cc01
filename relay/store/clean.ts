/** Removes what PostgreSQL cannot store in a text: NUL and unpaired surrogates. */
export const clean = (text: string): string => text.replaceAll('\0', '').toWellFormed();
