import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import * as zod from 'zod/mini';

/** What an app gave to z.stashFile. */
export interface StashedFile {
  readonly filename: string;
  readonly contentType: string;
  readonly content: Buffer;
}

// Core takes 1 GB, too much for memory. Zapier's own limit is about 120 MB.
const uploadLimit = 150 * 1024 * 1024;
const textField = zod.string();
const filePart = zod.instanceof(File);

/** The files stashed in one platform, by public URL. */
export class FileStore {
  readonly stashed = new Map<string, StashedFile>();
  readonly #url: () => string;

  /** @param url called when it is needed: the server does not listen yet */
  constructor(url: () => string) {
    this.#url = url;
  }

  /** What get_presigned_upload_post_data answers; core makes the public URL of `url` and `key`. */
  presign(): { url: string; fields: { key: string } } {
    return { url: `${this.#url()}/upload`, fields: { key: `files/${randomUUID()}` } };
  }

  /** Keeps an upload, as core's uploader.js posts it. */
  async keep(contentType: string, body: Buffer): Promise<void> {
    const form = await new Response(body, { headers: { 'content-type': contentType } }).formData();
    const file = zod.parse(filePart, form.get('file'));
    this.stashed.set(`${this.#url()}/${zod.parse(textField, form.get('key'))}`, {
      filename: file.name,
      contentType: zod.parse(textField, form.get('Content-Type')),
      content: Buffer.from(await file.arrayBuffer()),
    });
  }
}

/** `POST /upload` takes the files, `GET /files/<id>` gives them. */
export function routeFiles(server: FastifyInstance, files: FileStore): void {
  server.register(async (uploads) => {
    const asBuffer = { parseAs: 'buffer', bodyLimit: uploadLimit } as const;
    uploads.addContentTypeParser(
      'multipart/form-data',
      asBuffer,
      async (_: unknown, body: Buffer) => body,
    );
    uploads.post<{ Body: Buffer }>(
      '/upload',
      { bodyLimit: uploadLimit },
      async (request, reply) => {
        await files.keep(String(request.headers['content-type']), request.body);
        return reply.code(204).send();
      },
    );
  });

  server.get<{ Params: { id: string } }>('/files/:id', async (request, reply) => {
    const file = files.stashed.get(`${server.listeningOrigin}/files/${request.params.id}`);
    if (file === undefined) {
      return reply.code(404).send();
    }
    return reply
      .type(file.contentType)
      .header(
        'content-disposition',
        `attachment; filename*=UTF-8''${encodeURIComponent(file.filename)}`,
      )
      .send(file.content);
  });
}
