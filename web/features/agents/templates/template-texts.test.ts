import { expect, test } from 'vitest';
import { templates } from '../../../../server/features/agents/templates.ts';
import { de } from '../../../texts/de.ts';
import { en } from '../../../texts/en.ts';
import { es } from '../../../texts/es.ts';
import { fr } from '../../../texts/fr.ts';

type Texts = Pick<typeof en, 'templates'>;
const others = [de, es, fr];

const wordsOf = (texts: Texts) => new Map(Object.entries(texts.templates.words));
const modelsOf = (texts: Texts) => new Set(Object.keys(texts.templates.models));

test('the catalogues say each template, in English as the API says it, and no others', () => {
  const served = templates.map(({ id, name, description, suggestedTagline, greetingMessage }) => [
    id,
    { name, description, tagline: suggestedTagline ?? '', greeting: greetingMessage },
  ]);
  expect(Object.fromEntries(wordsOf(en))).toEqual(Object.fromEntries(served));
  for (const other of others) expect([...wordsOf(other).keys()]).toEqual([...wordsOf(en).keys()]);
});

test('they name each model that an agent of a template may touch, and no others', () => {
  const touched = templates.flatMap(({ odoo }) => [...(odoo?.needed ?? []), ...(odoo?.wanted ?? [])]);
  const keys = [...new Set(touched.map(({ model }) => model.replaceAll('.', '_')))].sort();
  expect([...modelsOf(en)].sort()).toEqual(keys);
  for (const other of others) expect([...modelsOf(other)].sort()).toEqual(keys);
});
