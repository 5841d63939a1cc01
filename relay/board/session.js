/**
 * Who is signed in, kept in this browser only. The API keys themselves are never kept: only the
 * management token that is made of each.
 *
 * @typedef {{ id: string, name: string, token: string }} Client
 * @typedef {{ clients: Client[], operator: string, accessToken: string }} Session
 */
const STORE = 'midjourney-board';
const NOBODY = { clients: [], operator: '', accessToken: '' };

/** The relay takes as many tokens in one request. */
export const MOST_CLIENTS = 50;

/** @returns {Session} */
export function readSession() {
  try {
    const kept = { ...NOBODY, ...JSON.parse(localStorage.getItem(STORE) ?? '{}') };
    return Array.isArray(kept.clients) ? kept : NOBODY;
  } catch {
    return NOBODY;
  }
}

/** @param {Session} session */
export function writeSession(session) {
  try {
    if (session.operator || session.clients.length > 0) {
      localStorage.setItem(STORE, JSON.stringify(session));
    } else {
      localStorage.removeItem(STORE);
    }
  } catch {
    // A browser that keeps nothing: the session lasts as long as the page.
  }
}

/** Calls back when another tab signs in or out. */
export function watchSession(onChange) {
  const changed = ({ key }) => {
    if (key === STORE || key === null) {
      onChange(readSession());
    }
  };
  addEventListener('storage', changed);
  return () => removeEventListener('storage', changed);
}

/** What requests are signed with; the operator's token covers every client. '': nobody. */
export const tokenOf = ({ operator, clients }) =>
  operator || clients.map(({ token }) => token).join(',');

/** Browsers make tokens only on https and localhost. */
export const canMakeTokens = () => globalThis.crypto?.subtle !== undefined;

/** The management token of an API key. */
export async function managementToken(apiKey) {
  const utf8 = new TextEncoder();
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', utf8.encode(apiKey), algorithm, false, ['sign']);
  const made = await crypto.subtle.sign('HMAC', key, utf8.encode('midjourney-zapier/manage'));
  return btoa(String.fromCharCode(...new Uint8Array(made)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** The same key again only renames its client. */
export const withClient = (session, client) => ({
  ...session,
  operator: '',
  clients: [...session.clients.filter(({ id }) => id !== client.id), client],
});

export const withoutClient = (session, id) => ({
  ...session,
  clients: session.clients.filter((client) => client.id !== id),
});
