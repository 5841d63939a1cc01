/**
 * Links that people copy from a drive lead to a page about the file. Services fetch what is at the
 * address, so such a link costs an incorrect task.
 */

/** A file of Google Drive by its id. */
const DRIVE = 'https://drive.google.com/uc?export=download&id=';

const driveId = ({ hostname, pathname, searchParams }: URL): string | undefined =>
  hostname === 'drive.google.com'
    ? (/^\/file\/d\/([\w-]+)/.exec(pathname)?.[1] ??
      (/^\/(open|uc|thumbnail)$/.test(pathname)
        ? (searchParams.get('id') ?? undefined)
        : undefined))
    : undefined;

/** Folders of Dropbox are `/sh/…` and `/scl/fo/…`. */
const isDropboxFile = ({ hostname, pathname }: URL): boolean =>
  /(^|\.)dropbox\.com$/.test(hostname) && /^\/(s|scl\/fi)\//.test(pathname);

/** The address of the file itself, where a share page of it names that; else the link as it is. */
export function directLink(link: string): string {
  const url = URL.parse(link.trim());
  if (!url) {
    return link;
  }
  const id = driveId(url);
  if (id !== undefined) {
    return `${DRIVE}${id}`;
  }
  if (isDropboxFile(url)) {
    url.searchParams.delete('raw');
    url.searchParams.set('dl', '1');
    return url.href;
  }
  return link;
}

/** Pages of albums, folders and transfers, from which no address of a file follows. */
const PAGES: readonly RegExp[] = [
  /^https?:\/\/(photos\.google\.com|photos\.app\.goo\.gl|docs\.google\.com)\//i,
  /^https?:\/\/drive\.google\.com\/(drive\/|folderview)/i,
  /^https?:\/\/([\w-]+\.)?dropbox\.com\/(sh|scl\/fo)\//i,
  /^https?:\/\/(www\.)?icloud\.com\//i,
  /^https?:\/\/(1drv\.ms|onedrive\.live\.com)\//i,
  /^https?:\/\/(we\.tl|([\w-]+\.)?wetransfer\.com)\//i,
];

/** Whether a link leads to a page that shows files, and not to a file. */
export const isSharePage = (link: string): boolean => PAGES.some((page) => page.test(link.trim()));
