import type { FileType } from '../midjourney/file_type.ts';

/** A file that is handed to a service before a task. */
export interface UploadedFile {
  /** With an extension that says its type. */
  readonly name: string;
  readonly content: Buffer;
}

/** How a service takes files. */
export interface Upload {
  /** Where they go, when it is another place than the API. */
  readonly baseUrl?: string;
  /** What it takes, by extension. */
  readonly extensions: readonly string[];
  /** How many bytes a file has at most. */
  largest(kind: FileType['kind']): number;
  request(file: UploadedFile): Promise<{
    readonly path: string;
    readonly contentType: string;
    readonly body: string | Buffer;
  }>;
  /** The link to the file; '' when the answer has none. */
  read(body: unknown): string;
}
