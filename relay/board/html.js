import htm from './lib/htm.js';
import { h } from './lib/preact.js';

export { createContext, render } from './lib/preact.js';
export * from './lib/preact_hooks.js';

/** Templates instead of JSX, which would need a build step. */
export const html = htm.bind(h);
