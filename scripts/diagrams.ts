import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { withDiagrams } from '../recipes/diagram.ts';
import { readTemplates } from '../recipes/template.ts';

/** Draws every template in the overview of the templates. */

const folder = path.resolve(import.meta.dirname, '..', 'docs', 'templates');
const page = path.join(folder, 'README.md');
const templates = await readTemplates(folder);
await writeFile(page, withDiagrams(await readFile(page, 'utf8'), templates.values()));
