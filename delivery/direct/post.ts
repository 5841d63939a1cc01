import type { ZObject } from 'zapier-platform-core';

/**
 * What a hook URL answered: it took the call, it is gone for good, it does not want such a call, or
 * nothing that would last: it is busy, it failed, it did not answer.
 */
export type Answer = 'taken' | 'gone' | 'unwanted' | 'lost';

const answerTo = (status: number): Answer => {
  if (status >= 200 && status < 300) {
    return 'taken';
  }
  if (status === 410) {
    return 'gone';
  }
  return status < 500 && status !== 429 && status !== 408 ? 'unwanted' : 'lost';
};

/** One POST of JSON to a hook URL. Never rejects, follows no redirect. */
export async function post(
  z: ZObject,
  url: string,
  body: string,
  options: { headers?: Record<string, string>; timeoutMilliseconds: number },
): Promise<Answer> {
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
    return answerTo(response.status);
  } catch {
    return 'lost';
  }
}
