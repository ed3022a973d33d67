import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';

const root = join(import.meta.dirname, '../..');
const files = globSync(['{server,contract,web}/**/*.{ts,tsx}', 'docs/**/*.md', 'README.md'], { cwd: root }).filter(
  (file) => !/\.test\.tsx?$/.test(file),
);
/** Settings of Odoo, which is no section of ours. */
const elsewhere = /In Odoo|Dans Odoo|En Odoo/;

test.each([en, de, es, fr].map(({ settings }) => [settings.title, Object.values(settings.names)] as const))(
  'whoever is sent to “%s → …” finds a section of that name',
  (title, names) => {
    const sent = files.flatMap((file) => {
      const lines = readFileSync(join(root, file), 'utf8').split('\n');
      return lines
        .filter((line) => !elsewhere.test(line))
        .flatMap((line) => line.split(`${title} → `).slice(1))
        .map((rest) => ({ file, rest }));
    });
    expect(sent.length).toBeGreaterThan(0);
    const lost = sent.filter(({ rest }) => !names.some((name) => rest.startsWith(name)));
    expect(lost).toEqual([]);
  },
);
