import { readFileSync } from 'node:fs';
import { modelsPage } from '../../../scripts/models_text.ts';

/** Without the spaces and lines that only make columns of it. */
const plain = (page: string): string =>
  page
    .replace(/ {2,}/g, ' ')
    .replace(/-{3,}/g, '---')
    .replace(/\| +\|/g, '| |');

test('docs/models.md is what the catalogues say: npm run models', () => {
  expect(plain(readFileSync('docs/models.md', 'utf8'))).toBe(plain(modelsPage()));
});
