import {
  createAppTester,
  type HttpRequestOptions,
  type HttpResponse,
  type ZObject,
} from 'zapier-platform-core';

/** The `z` that core itself makes for a step of `app`, for use after that step. */
export async function zOf(app: object = {}, authData: Record<string, string> = {}) {
  const found: ZObject[] = [];
  await createAppTester(app)(
    (z: ZObject) => {
      found.push(z);
      return null;
    },
    { authData },
  );
  const [z] = found;
  if (!z) {
    throw new Error('Core ran no step.');
  }
  return z;
}

const responseTo = (request: HttpRequestOptions, status: number): HttpResponse => ({
  status,
  headers: new Headers(),
  getHeader: () => undefined,
  throwForStatus: () => undefined,
  skipThrowForStatus: true,
  request,
  content: '',
  data: undefined,
});

/** Replaces the network: `reply` gives a status, or an error that `z.request` throws. */
export function answering(
  z: ZObject,
  reply: (request: HttpRequestOptions, earlier: number) => number | Error,
): HttpRequestOptions[] {
  const sent: HttpRequestOptions[] = [];
  jest.spyOn(z, 'request').mockImplementation(async (request) => {
    const answer = reply(request, sent.push(request) - 1);
    if (answer instanceof Error) {
      throw answer;
    }
    return responseTo(request, answer);
  });
  return sent;
}

/** Replaces the service behind the middleware: `answer` gives the body of a success, or an error. */
export function answeringWith(z: ZObject, answer: (request: HttpRequestOptions) => unknown): void {
  jest.spyOn(z, 'request').mockImplementation(async (request) => ({
    ...responseTo(request, 200),
    data: answer(request),
  }));
}

/** What a step logs from now on, line by line. */
export function logOf(z: ZObject): string[] {
  const lines: string[] = [];
  const write = (...parts: unknown[]) => void lines.push(parts.map(String).join(' '));
  jest.spyOn(z.console, 'log').mockImplementation(write);
  jest.spyOn(z.console, 'error').mockImplementation(write);
  return lines;
}

/** What `run` throws. */
export async function thrownBy(run: () => unknown): Promise<Error> {
  try {
    await run();
  } catch (error) {
    if (error instanceof Error) {
      return error;
    }
  }
  throw new Error('It threw no error.');
}
