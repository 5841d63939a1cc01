/** As much of Zapier's CLI, which has no types, as the packaging uses. */
declare module 'zapier-platform-cli/src/utils/build.js' {
  /** Zips a project's files but those that git ignores. */
  export function makeSourceZip(projectFolder: string, zipPath: string): Promise<void>;
}
