import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { say as german } from './de.ts';
import { createSayer } from './match-sentences.ts';
import { serverTitles } from './tool-titles.ts';

const say = createSayer(
  {
    'There is no tool "{{name}}".': 'Es gibt kein Werkzeug „{{name}}“.',
    'Costs {{price}} (a.*+?^$|b)[0].': 'Kostet {{price}} (a.*+?^$|b)[0].',
    '{{path}} is hidden.': '{{path}} ist verborgen.',
    '{{path}} is not a directory.': '{{path}} ist kein Verzeichnis.',
    '{{path}} is not a directory. Read it.': '{{path}} ist kein Verzeichnis. Es wird gelesen.',
    '{{host}} refused{{reason}}.': '{{host}} hat abgelehnt{{reason}}.',
    'The check failed: {{reason}}': 'Die Prüfung schlug fehl: {{reason}}',
    'Posts the {{kind}} {{name}}.': 'Bucht {{kind}} {{name}}.',
    'Read {{first}} of {{second}}': '{{second}}: {{first}} gelesen',
    'Stopped.': 'Angehalten.',
  },
  {
    kind: {
      customer: 'den Kunden',
      'customer invoice': 'die Rechnung',
      'paid in {{days}} days': 'nach {{days}} Tagen',
    },
  },
);

describe('a sentence of the server', () => {
  test('is said with its values, in another order where the language wants it', () => {
    expect(say('There is no tool "odoo_read".')).toBe('Es gibt kein Werkzeug „odoo_read“.');
    expect(say('Read 3 of handbook.md')).toBe('handbook.md: 3 gelesen');
  });

  test('is matched by its letters, whatever they mean in a pattern', () => {
    expect(say('Costs $1 $& (a.*+?^$|b)[0].')).toBe('Kostet $1 $& (a.*+?^$|b)[0].');
    expect(say('Costs 5 (axxb)0.')).toBe('Costs 5 (axxb)0.');
  });

  test('keeps values as they are, also those that look like templates or like sentences', () => {
    expect(say('There is no tool "{{name}}".')).toBe('Es gibt kein Werkzeug „{{name}}“.');
    expect(say('There is no tool "Stopped.".')).toBe('Es gibt kein Werkzeug „Stopped.“.');
    expect(say('There is no tool "constructor".')).toBe('Es gibt kein Werkzeug „constructor“.');
    expect(say('constructor')).toBe('constructor');
  });

  test('has numbers as the language writes them', () => {
    expect(german('At most 20,000 characters.')).toBe('Höchstens 20.000 Zeichen.');
    expect(german('20.3 GB of memory are available.')).toBe('20,3 GB Speicher sind verfügbar.');
    expect(german('At most 1,2 characters.')).toBe('Höchstens 1,2 Zeichen.');
  });

  test('names records of Odoo in words, and begins with a capital', () => {
    expect(german('Created a contact: azure')).toBe('Einen Kontakt angelegt: azure');
    expect(german('Found 1,234 contacts and read 20')).toBe('1.234 Kontakte gefunden, 20 davon gelesen');
    expect(german('Counted a record of “Fleet”')).toBe('Einen Datensatz von „Fleet“ gezählt');
    expect(german('fleet.x has no field y. See its fields with odoo_describe_model.')).toMatch(
      /^fleet\.x hat kein Feld y/,
    );
  });

  test('may be several, each of a field', () => {
    expect(german('The input is not valid. ids.0: This must be a number.; path: Invalid')).toBe(
      'Die Eingabe ist ungültig. ids.0: This must be a number.; path: Invalid',
    );
    expect(german('The input is not valid. ids.0: This must be a number.; id: This must be text.')).toBe(
      'Die Eingabe ist ungültig. ids.0: Das muss eine Zahl sein.; id: Das muss Text sein.',
    );
  });

  test('counts one thing as one', () => {
    const running = (chats: string) =>
      `Running at port 80, 90 MB of memory, ${chats}, 1 answer being written, 0 requests waiting for the database.`;
    expect(german(running('1 open chat'))).toContain(
      ' 1 offener Chat, 1 Antwort, die gerade geschrieben wird, 0 Anfragen',
    );
    expect(german(running('2 open chats'))).toContain(' 2 offene Chats, ');
    expect(german('Too many messages. Wait 1 second, then send it again.')).toContain('Warten Sie 1 Sekunde ');
  });

  test('is the one with the most words of those that fit', () => {
    expect(say('/data/a is not a directory. Read it.')).toBe('/data/a ist kein Verzeichnis. Es wird gelesen.');
    expect(say('/data/a is hidden. is not a directory.')).toBe('/data/a is hidden. ist kein Verzeichnis.');
  });

  test('may hold another one as its reason', () => {
    expect(say('The check failed: /data/a is hidden.')).toBe('Die Prüfung schlug fehl: /data/a ist verborgen.');
    expect(say('The check failed: no idea')).toBe('Die Prüfung schlug fehl: no idea');
  });

  test('may have an empty value where that hangs on a word, not in the place of one', () => {
    expect(say('example.com refused.')).toBe('example.com hat abgelehnt.');
    expect(say(' is hidden.')).toBe(' is hidden.');
  });

  test('has the longest term that is known for a value', () => {
    expect(say('Posts the customer invoice 7.')).toBe('Bucht die Rechnung 7.');
    expect(say('Posts the customer Ada.')).toBe('Bucht den Kunden Ada.');
    expect(say('Posts the thing 7.')).toBe('Bucht thing 7.');
  });

  test('may be followed by another, known or not', () => {
    expect(say('Stopped. /data/a is hidden.')).toBe('Angehalten. /data/a ist verborgen.');
    expect(say('Stopped. Quota exceeded.')).toBe('Angehalten. Quota exceeded.');
  });

  test('may follow the name of a field', () => {
    expect(say('places.0.path: /data/a is hidden.')).toBe('places.0.path: /data/a ist verborgen.');
    expect(say('Quota: exceeded.')).toBe('Quota: exceeded.');
  });

  test('comes back as it is when nobody knows it', () => {
    for (const text of ['', ' ', 'Quota exceeded.', 'there is no tool "x".', `Stopped.${'x'.repeat(5_000)}`]) {
      expect(say(text)).toBe(text);
    }
  });

  test('is searched in time that grows with its length only', () => {
    const cost = (length: number) => {
      const text = `Read ${'a of '.repeat(length / 5)}`.slice(0, length);
      const begin = process.cpuUsage();
      for (let turn = 0; turn < 20; turn += 1) german(`${text}${turn}`);
      const { user, system } = process.cpuUsage(begin);
      return user + system;
    };
    cost(400);
    // Ten times the length: were it quadratic, it would take a hundred times as long.
    expect(cost(3_800)).toBeLessThan(40 * Math.max(cost(380), 1_000));
  });
});

describe('German', () => {
  test.each([
    ['The agent was not found.', 'Der Agent wurde nicht gefunden.'],
    [
      'Too many failed attempts. Try again in 45 seconds.',
      'Zu viele Fehlversuche. Versuchen Sie es in 45 Sekunden erneut.',
    ],
    ['Read pages 1-3 of 12 of handbook.pdf', 'Seiten 1-3 von 12 von handbook.pdf gelesen'],
    ['This must be a number.', 'Das muss eine Zahl sein.'],
    [
      'The model "llama" is not available from OpenAI for this account. Choose another model in the agent\'s settings.',
      'Das Modell „llama“ ist bei OpenAI für dieses Konto nicht verfügbar. Wählen Sie in den Einstellungen des Agenten ein anderes Modell.',
    ],
    [
      'This agent may not read a.example. It may read: b.example, c.example.',
      'Dieser Agent darf a.example nicht lesen. Er darf lesen: b.example, c.example.',
    ],
    ['The address of 10.0.0.7 is not allowed.', 'Die Adresse von 10.0.0.7 ist nicht erlaubt.'],
    [
      'The address of wiki.example is not allowed: it is in a private network.',
      'Die Adresse von wiki.example ist nicht erlaubt: Sie ist in einem privaten Netz.',
    ],
  ])('says %s', (english, expected) => {
    expect(german(english)).toBe(expected);
  });
});

test('tools are called in a sentence as they are on pages, each of them', () => {
  expect(german('Read file failed because of a fault in Pinchy.')).toBe(
    '„Dateien lesen“ ist wegen eines Fehlers in Pinchy fehlgeschlagen.',
  );
  const root = join(import.meta.dirname, '../../server/tools');
  const titles = globSync('**/*.ts', { cwd: root })
    .filter((file) => !file.endsWith('.test.ts'))
    .flatMap((file) => [...readFileSync(join(root, file), 'utf8').matchAll(/^ +title: '(.+)',$/gm)])
    .map(([, title]) => title);
  expect(titles.toSorted()).toEqual(Object.keys(serverTitles).toSorted());
});
