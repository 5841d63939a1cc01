import { PNG } from 'pngjs';
import { type HttpServer, startHttpServer } from './http_server.ts';

const SIZE = 64;

/** Pictures of one colour at every path. */
export function startImages(): Promise<HttpServer> {
  const picture = new PNG({ width: SIZE, height: SIZE, colorType: 2 });
  picture.data.fill(200);
  const bytes = PNG.sync.write(picture);
  return startHttpServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'image/png' }).end(bytes);
  });
}
