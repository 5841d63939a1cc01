import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';

const PACKAGES = path.resolve(import.meta.dirname, '..', 'node_modules');

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Where each file of the page is; there is no build step, so the libraries come as they are. */
const FILES: Readonly<Record<string, string>> = {
  '/': 'index.html',
  '/page.js': 'page.js',
  '/page.css': 'page.css',
  '/state.js': 'state.js',
  '/fields.js': 'fields.js',
  '/result.js': 'result.js',
  '/icon.svg': path.resolve(import.meta.dirname, '..', 'docs', 'listing', 'icon.svg'),
  '/lib/lit-html.js': path.join(PACKAGES, 'lit-html/lit-html.js'),
  '/lib/directive.js': path.join(PACKAGES, 'lit-html/directive.js'),
  '/lib/directives/unsafe-html.js': path.join(PACKAGES, 'lit-html/directives/unsafe-html.js'),
  '/lib/marked.js': path.join(PACKAGES, 'marked/lib/marked.esm.js'),
};

/** The page and its libraries, and nothing else. @param folder of the page */
export function addFiles(server: FastifyInstance, folder: string): void {
  for (const [url, file] of Object.entries(FILES)) {
    server.get(url, async (_request, reply) => {
      const content = await readFile(path.resolve(folder, file));
      return reply.type(TYPES[path.extname(file)] ?? 'application/octet-stream').send(content);
    });
  }
}
