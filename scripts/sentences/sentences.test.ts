import { describe, expect, test } from 'vitest';
import { findInSource } from './find-sentences.ts';
import { findInPage } from './find-spoken-words.ts';
import { findSentenceProblems } from './sentence-problems.ts';

const said = (source: string) => [...findInSource('server/x.ts', source).keys()];

describe('sentences of the server', () => {
  test('are found with named values, whole in a constant or as the argument of an error', () => {
    expect(said('const busy = `Wait ${seconds} seconds, then try again.`;')).toEqual([
      'Wait {{seconds}} seconds, then try again.',
    ]);
    expect(said('throw new OdooError("x", `Odoo said: ${error.message}`);')).toEqual(['Odoo said: {{message}}']);
    expect(said('throw notFound("The agent");')).toEqual(['The agent was not found.']);
    expect(said('return { summary: `Read ${counted(n, "entry", "entries")} of ${path}` };')).toEqual([
      'Read 1 entry of {{path}}',
      'Read {{count}} entries of {{path}}',
    ]);
  });

  test('are one for each choice of words, and values of one name are told apart', () => {
    expect(said('throw new ToolError(`${a.name} ${n === 1 ? "is" : "are"} in ${b.name}`);')).toEqual([
      '{{name}} is in {{name2}}',
      '{{name}} are in {{name2}}',
    ]);
  });

  test('end where another one, that is said elsewhere, follows', () => {
    expect(said('const full = `The ${name} is full. ${advice[kind]}`;')).toEqual(['The {{name}} is full.']);
    expect(said('const sql = `select ${column} ? ${value}`;')).toEqual([]);
  });

  test('are said after the name of the file they are about', () => {
    expect(said('throw new UnreadableDocument(`has ${count} parts`);')).toEqual(['{{path}} has {{count}} parts.']);
    expect(said("const kind = { problem: 'is a RAR archive', advice: 'Ask for its files' };")).toEqual([
      '{{path}} is a RAR archive.',
      'Ask for its files.',
    ]);
  });

  test('are none of developers, models and plain words', () => {
    const source = `const id = 'agent.created'; log.warn('It broke. Look.'); z.string().describe('The name of it.');
      throw new StartError('Set the port.'); const tool = { description: 'Reads a file.', output: 'Say so.' };`;
    expect(said(source)).toEqual([]);
  });
});

describe('the catalogue', () => {
  const found = new Map([
    ['There is no tool {{name}}.', ['server/a.ts:3']],
    ['Stopped.', ['server/b.ts:1']],
  ]);

  test('must have every sentence, none that nothing says, with the same values, and every term', () => {
    const de = { sentences: { 'Stopped.': 'Angehalten.', 'Gone.': 'Fort.' }, terms: { kind: { bill: 'Rechnung' } } };
    const es = { sentences: { 'Stopped.': 'Detenido.', 'There is no tool {{name}}.': 'No {{nombre}}.' }, terms: {} };
    expect(findSentenceProblems(found, { de, es })).toEqual([
      'contract/sentences/de/ lacks (server/a.ts:3):\n  "There is no tool {{name}}.": \'\',',
      'contract/sentences/de/ has what nothing says: Gone.',
      'contract/sentences/es/ has other values than: There is no tool {{name}}.',
      'contract/sentences/es/terms.ts lacks kind: "bill"',
    ]);
  });
});

describe('words of pages', () => {
  test('are reported in JSX and in attributes that people read or hear', () => {
    const page = `<Box title="Open it" data-x="Not this" aria-label={open ? 'Close it' : t('x')}>Some words {\`and \${n} more\`}</Box>`;
    expect(findInPage('web/x.tsx', page).map((line) => /“(.*)”/.exec(line)?.[1])).toEqual([
      'Open it',
      'Close it',
      'Some words',
      'and',
      'more',
    ]);
  });

  test('are not those of catalogues, comparisons, names and examples', () => {
    const page = `<Box title={t('a.b')} aria-label="Odoo">{kind === 'Other kind' && t('x')} · {n} Pinchy</Box>`;
    expect(findInPage('web/x.tsx', page)).toEqual([]);
  });
});
