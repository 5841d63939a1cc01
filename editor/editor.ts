import { startEditor } from './start_editor.ts';

/** The steps as a page on this machine; see docs/testing.md. It stays until it is stopped. */

const editor = await startEditor({ port: Number(process.env.PORT ?? 0), taskMilliseconds: 6_000 });
process.stdout.write(`The steps, as Zapier's editor shows them: ${editor.url}\nCtrl+C stops it.\n`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void editor.stop());
}
