import * as zod from 'zod/mini';
import { part, text } from './lenient.ts';
import type { Upload } from './upload.ts';

const uploaded = part({ url: text });

/** APIFRAME's uploads: kept for one to two hours. */
export const APIFRAME_UPLOAD: Upload = {
  extensions: ['png', 'jpg', 'webp', 'gif', 'mp4', 'webm', 'mov', 'mp3', 'wav', 'ogg', 'm4a'],
  largest: (kind) => (kind === 'video' ? 50_000_000 : 25_000_000),
  async request({ name, content }) {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(content)]), name);
    // Encodes the form, with a boundary of its own.
    const encoded = new Response(form);
    return {
      path: '/v2/uploads',
      contentType: encoded.headers.get('content-type') ?? '',
      body: Buffer.from(await encoded.arrayBuffer()),
    };
  },
  read: (body) => zod.parse(uploaded, body).url,
};
