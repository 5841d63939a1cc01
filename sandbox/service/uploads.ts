import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { fileTypeOf } from '../../midjourney/file_type.ts';
import { refusedCall } from './refusal.ts';

/** Files that were handed to a stand-in, which gives them back under `/uploads/`. */
export class Uploads {
  readonly #files = new Map<string, Buffer>();

  /** @returns the name that it is kept under */
  keep(content: Buffer, extension: string): string {
    const name = `${randomUUID()}.${extension}`;
    this.#files.set(name, content);
    return name;
  }

  addRoute(scope: FastifyInstance): void {
    scope.get<{ Params: { name: string } }>('/uploads/:name', async (request, reply) => {
      const content = this.#files.get(request.params.name);
      if (!content) {
        throw refusedCall(404, 'file not found');
      }
      const kind = fileTypeOf(content)?.kind ?? 'application';
      return reply.type(`${kind}/${request.params.name.split('.')[1]}`).send(content);
    });
  }
}
