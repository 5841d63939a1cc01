/** The mark that a secret rides under, where a service has no header for it. */
export const SECRET_MARK = 'secret';

/** A webhook URL with marks added to its query string; those that are empty are left out. */
export function withMarks(targetUrl: string, marks: Readonly<Record<string, string>>): string {
  const url = new URL(targetUrl);
  for (const [name, value] of Object.entries(marks)) {
    if (value !== '') {
      url.searchParams.set(name, value);
    }
  }
  return url.href;
}
