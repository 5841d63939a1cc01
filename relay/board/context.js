import { createContext, useContext, useEffect, useState } from './html.js';

/**
 * What every part of the page needs.
 * @typedef {object} Board
 * @property {ReturnType<import('./api.js').createApi>} api
 * @property {import('./session.js').Session} session
 * @property {object[]} connections as the relay lists them
 * @property {import('./address.js').Address} address
 * @property {(change: object, how?: 'push' | 'replace') => void} go changes the address
 * @property {(id: string) => string} nameOf a client
 * @property {{ id: string, name: string }[]} clients that are signed in
 * @property {(words: string) => void} announce to screen readers
 * @property {(listener: (event: { task?: object, ready?: true }) => void) => () => void} onLive
 * @property {() => void} refreshAttention
 */
export const BoardContext = createContext(undefined);

/** @returns {Board} */
export const useBoard = () => useContext(BoardContext);

/** Draws again every half minute, for "3 min. ago". */
export function useClock() {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** Follows a media query. */
export function useMedia(query) {
  const [matches, setMatches] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const media = matchMedia(query);
    const changed = () => setMatches(media.matches);
    media.addEventListener('change', changed);
    return () => media.removeEventListener('change', changed);
  }, [query]);
  return matches;
}
