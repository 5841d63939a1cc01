import { fileTypeOf } from '../../midjourney/file_type.ts';
import { callerOf } from '../service/accounts.ts';
import type { AddRoutes } from '../service/parts.ts';
import { refusedCall } from '../service/refusal.ts';
import { answerRefusals } from '../service/server.ts';
import { stableUuid } from '../service/stable_uuid.ts';
import { Uploads } from '../service/uploads.ts';
import { apiframeRefusal, invalid } from './refusals.ts';

const LARGEST_BYTES = { image: 25_000_000, audio: 25_000_000, video: 50_000_000 };
const LIFE_MILLISECONDS = 3_600_000;

/** The part `file` of a form; undefined where there is none. */
async function fileIn(body: Buffer, contentType: string): Promise<Buffer | undefined> {
  const form = await new Response(new Uint8Array(body), {
    headers: { 'content-type': contentType },
  }).formData();
  const file = form.get('file');
  return file instanceof Blob ? Buffer.from(await file.arrayBuffer()) : undefined;
}

/** `POST /v2/uploads`: a form with a file, whose type is told by its bytes. */
export const addUploadRoute: AddRoutes = (scope, { settings }) => {
  const uploads = new Uploads();
  answerRefusals(scope, apiframeRefusal);
  uploads.addRoute(scope);
  scope.addContentTypeParser(
    'multipart/form-data',
    { parseAs: 'buffer' },
    async (_request: unknown, body: Buffer) => body,
  );
  scope.post('/v2/uploads', { bodyLimit: 51_000_000 }, async (request, reply) => {
    callerOf(request, settings);
    const { body, headers } = request;
    const content = Buffer.isBuffer(body)
      ? await fileIn(body, headers['content-type'] ?? '').catch(() => undefined)
      : undefined;
    if (!content) {
      throw refusedCall(400, 'No file uploaded');
    }
    const type = fileTypeOf(content);
    if (!type) {
      throw invalid({ file: ['Unsupported file type'] });
    }
    if (content.length > LARGEST_BYTES[type.kind]) {
      throw invalid({ file: ['File too large'] });
    }
    const name = uploads.keep(content, type.extension);
    return reply.code(201).send({
      id: stableUuid(name),
      url: `http://${headers.host}/uploads/${name}`,
      kind: type.kind,
      contentType: `${type.kind}/${type.extension}`,
      byteSize: content.length,
      expiresAt: new Date(settings.now() + LIFE_MILLISECONDS).toISOString(),
    });
  });
};
