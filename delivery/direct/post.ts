import type { ZObject } from 'zapier-platform-core';

/**
 * What a hook URL answered: it accepted the call, it is gone for good, it refuses such a call for
 * good, or it failed in a way that may pass: it is busy, broken, or did not answer.
 */
export type HookAnswer = 'accepted' | 'gone' | 'refused' | 'failed';

const answerOf = (status: number): HookAnswer => {
  if (status >= 200 && status < 300) {
    return 'accepted';
  }
  if (status === 410) {
    return 'gone';
  }
  return status < 500 && status !== 429 && status !== 408 ? 'refused' : 'failed';
};

/** One POST of JSON to a hook URL. Never rejects, follows no redirect. */
export async function post(
  z: ZObject,
  url: string,
  body: string,
  options: { headers?: Record<string, string>; timeoutMilliseconds: number },
): Promise<HookAnswer> {
  try {
    const response = await z.request({
      url,
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...options.headers },
      timeout: Math.max(1, options.timeoutMilliseconds),
      redirect: 'manual',
      skipThrowForStatus: true,
    });
    return answerOf(response.status);
  } catch {
    return 'failed';
  }
}
