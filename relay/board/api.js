/** The relay may be below a path of a web server, and this module is below /board. */
const BASE = new URL('../v1/', import.meta.url);

/** What the relay refused; the message is for people. */
export class ApiError extends Error {
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

async function refusal(response) {
  try {
    const { code, message } = (await response.json()).error;
    return new ApiError(response.status, code, message);
  } catch {
    return new ApiError(
      response.status,
      'unknown',
      `The relay answered with status ${response.status}. Try again in a minute.`,
    );
  }
}

function addressOf(path, query) {
  const url = new URL(path, BASE);
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== '') {
      url.searchParams.set(name, value);
    }
  }
  return url;
}

/**
 * Calls to the relay, signed with a token.
 * @param {string} token
 */
export function createApi(token) {
  /** @returns {Promise<Response>} @throws {ApiError} */
  async function open(path, { query, method = 'GET', body, headers, signal } = {}) {
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    let response;
    try {
      response = await fetch(addressOf(path, query), {
        method,
        signal,
        headers: { authorization: `Bearer ${token}`, ...json, ...headers },
        body: body === undefined ? undefined : JSON.stringify(body),
        cache: 'no-store',
      });
    } catch (error) {
      if (signal?.aborted) {
        throw error;
      }
      throw new ApiError(0, 'offline', 'The relay cannot be reached. Check your connection.');
    }
    if (!response.ok) {
      throw await refusal(response);
    }
    return response;
  }

  const ask = async (path, options) => {
    const text = await (await open(path, options)).text();
    try {
      return text === '' ? undefined : JSON.parse(text);
    } catch {
      throw new ApiError(
        502,
        'no_relay',
        'Something else answers in place of the relay. Look at the web server in front of it.',
      );
    }
  };

  /** @param {string} accessToken of the relay, where it has one */
  const connections = (accessToken) =>
    ask('connections', { headers: accessToken ? { 'x-relay-access-token': accessToken } : {} });

  return { open, ask, connections };
}
