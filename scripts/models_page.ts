import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { modelsPage } from './models_text.ts';

/** Writes docs/models.md from the catalogues; a test holds the page to them. */
await writeFile(path.resolve(import.meta.dirname, '..', 'docs', 'models.md'), modelsPage());
