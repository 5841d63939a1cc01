import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { FastifyPluginAsync, FastifyReply } from 'fastify';
import type { Settings } from '../settings.ts';

const FOLDER = path.resolve(import.meta.dirname, '..', 'board');

const { resolve } = createRequire(import.meta.url);
/** Found as Node finds them: in a workspace packages are at the root or in relay/. */
const HTM = path.dirname(resolve('htm'));
const UPLOT = path.dirname(resolve('uplot'));

/** Where each file of the page is; there is no build step, so the libraries come as they are. */
const FILES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(readdirSync(FOLDER).map((name) => [`/board/${name}`, name])),
  '/board': 'index.html',
  // Not htm/preact/standalone, one file with both: its Preact of 2022 moves every card when a row
  // comes and another goes, and a card that is moved loses the focus.
  '/board/lib/preact.js': resolve('preact'),
  '/board/lib/preact_hooks.js': resolve('preact/hooks'),
  '/board/lib/htm.js': path.join(HTM, 'htm.module.js'),
  '/board/lib/uplot.js': path.join(UPLOT, 'uPlot.esm.js'),
  '/board/lib/uplot.css': path.join(UPLOT, 'uPlot.min.css'),
};

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Pictures and films are at the services, or, where Zaps are as well, on the reader's own machine. */
const mediaFrom = ({ targets }: Settings): string =>
  `https: data:${targets.some(({ isLoopback }) => isLoopback) ? ' http://127.0.0.1:* http://localhost:*' : ''}`;

const headersFor = (media: string): Readonly<Record<string, string>> => ({
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src 'self' ${media}`,
    `media-src ${media}`,
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  // Asked for anew after each update of the relay, and answered with 304 otherwise.
  'cache-control': 'no-cache',
});

/**
 * The hooks import `preact` by its name, which browsers find only in an import map; that would be
 * inline code, which the policy above forbids.
 */
const withoutBareImports = (content: Buffer): Buffer =>
  Buffer.from(content.toString().replaceAll('from"preact"', 'from"./preact.js"'));

/** The board's page and its libraries, and nothing else. Files are read once. */
export const boardRoutes =
  (settings: Settings): FastifyPluginAsync =>
  async (server) => {
    const headers = headersFor(mediaFrom(settings));
    for (const [url, file] of Object.entries(FILES)) {
      const read = await readFile(path.resolve(FOLDER, file));
      const content = url.startsWith('/board/lib/') ? withoutBareImports(read) : read;
      const etag = `"${createHash('sha256').update(content).digest('base64url').slice(0, 27)}"`;
      const type = TYPES[path.extname(file)] ?? 'application/octet-stream';
      server.get(url, { schema: { hide: true } }, (request, reply): FastifyReply => {
        reply.headers(headers).header('etag', etag);
        const known = request.headers['if-none-match']?.includes(etag);
        return known ? reply.code(304).send() : reply.type(type).send(content);
      });
    }
    // The page's links are relative, so that a relay can be below a path of a web server.
    server.get('/board/', { schema: { hide: true } }, (_request, reply) =>
      reply.redirect('../board'),
    );
  };
