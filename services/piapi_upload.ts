import * as zod from 'zod/mini';
import { part, text } from './lenient.ts';
import type { Upload } from './upload.ts';

const uploaded = part({ url: text, data: part({ url: text }) });

/** PiAPI's file upload: kept for a day, on the Creator plan and above. */
export const PIAPI_UPLOAD: Upload = {
  baseUrl: 'https://upload.theapi.app',
  extensions: ['jpg', 'jpeg', 'png', 'webp', 'mp4', 'wav', 'mp3'],
  largest: () => 10_000_000,
  request: async ({ name, content }) => ({
    path: '/api/ephemeral_resource',
    contentType: 'application/json',
    body: JSON.stringify({ file_name: name, file_data: content.toString('base64') }),
  }),
  /** The documentation has it in `data`, the vendor's own command line at the top. */
  read(body) {
    const { url, data } = zod.parse(uploaded, body);
    return data.url || url;
  },
};
