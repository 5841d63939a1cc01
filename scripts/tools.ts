import { agentTools } from './agent_tools.ts';

/** Prints every action and search as an AI assistant gets it, as JSON. */

// What the app logs is no part of it.
Reflect.set(globalThis.console, 'log', () => undefined);
process.stdout.write(`${JSON.stringify(await agentTools(), null, 2)}\n`);
