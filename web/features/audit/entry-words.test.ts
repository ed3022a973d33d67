import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { auditEvents } from '../../../contract/audit-events.ts';
import type { AuditEntry } from '../../../contract/audit.ts';
import { de } from '../../texts/de.ts';
import { en } from '../../texts/en.ts';
import { es } from '../../texts/es.ts';
import { fr } from '../../texts/fr.ts';
import { createTranslate, type TextKey } from '../../texts/translate.ts';
import { withAmounts } from './budget-entries.ts';
import { changesOf, lineOf, titleOfEvent, valueText, type Words } from './entry-words.ts';

const languages = { en, de, es, fr };
const wordsOf = (language: keyof typeof languages): Words => ({
  t: createTranslate(languages[language], language),
  locale: language,
  modelName: (id) => (id === 'anthropic/claude-sonnet-5' ? 'Claude Sonnet 5' : id),
  say: (english) => english,
});
const english = wordsOf('en');
const german = wordsOf('de');

const mia = '6f1a2b3c-0000-4000-8000-000000000001';
const compass = '6f1a2b3c-0000-4000-8000-000000000002';
const hr = '6f1a2b3c-0000-4000-8000-000000000003';

const entryOf = (eventType: string, more: Partial<AuditEntry> = {}): AuditEntry => ({
  id: 7,
  timestamp: '2026-11-29T10:00:00.000Z',
  actorType: 'user',
  actorId: mia,
  actorName: 'Mia',
  actorDeleted: false,
  eventType,
  resource: `agent:${compass}`,
  resourceName: 'Compass',
  resourceDeleted: false,
  outcome: 'success',
  error: null,
  detail: {},
  rowHmac: '00',
  personId: mia,
  runId: null,
  names: { [mia]: 'Mia', [compass]: 'Compass', [hr]: 'Human Resources' },
  ...more,
});
const ofAgent = { actorType: 'agent', actorId: compass, actorName: 'Compass' } as const;

/** With a value for whatever a line may name. */
const full = {
  agentId: compass,
  version: '1.0',
  key: 'k',
  org: 'Larkspur',
  botUsername: 'larkspur_bot',
  provider: 'anthropic',
  role: 'admin',
  emailPreview: 'm…@example.com',
  tool: 'pinchy_read',
  ...{ scope: 'organisation', unit: 'usd', amount: '25', period: 'month', percent: 80, reason: 'Fair' },
};

test('a copy of an agent says of which, and an icon is in words', () => {
  const copiedFrom = { id: hr, name: 'Old Compass' };
  expect(lineOf(english, entryOf('agent.created', { detail: { copiedFrom } }))).toBe(
    'Mia created the agent Compass as a copy of Old Compass',
  );
  const changes = { icon: { from: { emoji: '🦉' }, to: { symbol: 'moon', color: 'violet' } } };
  const told = changesOf(german, entryOf('agent.updated', { detail: { changes } }));
  expect(told.map(({ label, text }) => `${label}: ${text}`)).toEqual([
    'Emoji: 🦉 → nichts',
    'Figur: nichts → Mond',
    'Farbe: nichts → Violett',
  ]);
});

test('what a switch was set to is told, not that it was changed', () => {
  const lineFor = (eventType: string, detail: AuditEntry['detail']) => lineOf(english, entryOf(eventType, { detail }));
  expect(lineFor('settings.sharing_updated', { from: false, to: true })).toBe(
    'Mia allowed people to share conversations',
  );
  expect(lineFor('settings.sharing_updated', { from: true, to: false })).toBe(
    'Mia no longer lets people share conversations',
  );
  expect(lineFor('settings.domain_updated', { from: null, to: 'ai.example.com' })).toBe(
    'Mia locked Pinchy to the address ai.example.com',
  );
  expect(lineFor('settings.domain_updated', { from: 'ai.example.com', to: null })).toBe(
    'Mia took the domain lock away',
  );
  expect(lineFor('settings.semantic_search_updated', { from: 'ollama/e5', to: null })).toBe(
    'Mia switched the search by meaning off',
  );
  const changed = (field: string, to: boolean) => ({ agentId: compass, changes: { [field]: { from: !to, to } } });
  expect(lineFor('settings.conversations_updated', changed('modelTitles', true))).toBe(
    'Mia let models name conversations',
  );
  expect(lineFor('conversation.updated', changed('archived', false))).toBe(
    'Mia took a conversation with Compass out of the archive',
  );
  expect(lineFor('audit.filter_updated', { name: 'Denied', ...changed('shared', true) })).toContain(
    'shared the saved filter',
  );
  // Several at once, or what is no switch, is told as before.
  const both = {
    agentId: compass,
    changes: { ...changed('pinned', true).changes, ...changed('archived', false).changes },
  };
  expect(lineFor('conversation.updated', both)).toBe('Mia pinned, archived or took back a conversation with Compass');
});

test('each switch has its two lines in every language', () => {
  for (const language of ['de', 'es', 'fr'] as const) {
    for (const to of [true, false]) {
      const line = lineOf(wordsOf(language), entryOf('settings.sharing_updated', { detail: { from: !to, to } }));
      expect(line).not.toBe(lineOf(wordsOf(language), entryOf('settings.sharing_updated', {})));
      expect(line).not.toContain('{{');
    }
  }
});

describe.each(['en', 'de', 'es', 'fr'] as const)('in %s', (language) => {
  const words = wordsOf(language);

  test('every event has a line of its own, and no line is left unfinished', () => {
    const lines = Object.keys(auditEvents).map((type) => [type, lineOf(words, entryOf(type, { detail: full }))]);
    expect(lines.filter(([type, line]) => line!.includes('{{') || line!.includes(type!))).toEqual([]);
    expect(new Set(lines.map(([, line]) => line)).size).toBeGreaterThan(lines.length - 3);
  });

  test('so has every tool', () => {
    const tools = [
      ...Object.keys(languages[language].agents.tools),
      ...Object.keys(languages[language].integrations.tools),
    ];
    expect(tools.length).toBeGreaterThan(20);
    for (const tool of tools) {
      const line = lineOf(words, entryOf(`tool.${tool}`, { ...ofAgent, detail: { path: '/data/a.md' } }));
      expect(line, tool).toContain('Compass');
      expect(line, tool).toContain('Mia');
      expect(line, tool).not.toMatch(/\{\{|tool\./);
    }
  });

  test('every detail has a name, and every fixed word in it is said', () => {
    const known = Object.values(auditEvents).flatMap((schema) => [
      ...choicesIn(z.toJSONSchema(schema, { io: 'input' })),
    ]);
    const has = (path: string) => words.t(path as TextKey) !== path;
    const nameless = known.filter(([field]) => !unnamed.test(field) && !has(`trail.fields.${field}`));
    // Roles have words that all pages share.
    const own = known.filter(([field]) => !['role', 'from', 'to'].includes(field));
    const wordless = own.filter(([field, value]) => value !== undefined && !has(`trail.values.${field}.${value}`));
    expect([nameless, wordless]).toEqual([[], []]);
  });

  test('a choice of events names each, without whose it is', () => {
    for (const type of [...Object.keys(auditEvents), 'tool.pinchy_read'])
      expect(titleOfEvent(words, type)).not.toMatch(/\{\{|^\w+\.\w+$/);
  });
});

describe('a line', () => {
  test('says who, for whom, and which file', () => {
    const entry = entryOf('tool.pinchy_read', { ...ofAgent, detail: { path: '/data/hr/leave.md', bytes: 27 } });
    expect(lineOf(english, entry)).toBe('Compass read /data/hr/leave.md for Mia');
    expect(lineOf(german, entry)).toBe('Compass hat für Mia /data/hr/leave.md gelesen');
    expect(lineOf(english, { ...entry, personId: null })).toBe('Compass read /data/hr/leave.md');
  });

  test('says that a search found nothing', () => {
    const entry = entryOf('tool.pinchy_search', { ...ofAgent, detail: { passages: 0, paths: [] } });
    expect(lineOf(english, entry)).toBe('Compass searched documents for Mia and found nothing');
    expect(lineOf(german, entry)).toBe('Compass hat für Mia Dokumente durchsucht und nichts gefunden');
  });

  test('of a budget tells amounts in what they are counted in', () => {
    const detail = { scope: 'user', scopeId: mia, name: 'Mia', unit: 'tokens', period: 'day', amount: '60000' };
    const changes = { amount: { from: '60000', to: '90000' }, raise: { from: '500000', to: null } };
    const told = withAmounts(english, entryOf('budget.updated', { detail: { ...detail, changes } }));
    expect(told.detail).toMatchObject({ amount: '60,000 tokens', unit: 'tokens', name: 'Mia' });
    expect(changesOf(english, told).map(({ text }) => text)).toEqual([
      '60,000 tokens → 90,000 tokens',
      '500,000 tokens → nothing',
    ]);
    const money = entryOf('budget.raised', { detail: { ...detail, unit: 'usd', from: '5', to: '1250.5' } });
    expect(withAmounts(english, money).detail).toMatchObject({ from: '$5.00', to: '$1,250.50' });
    const other = entryOf('agent.updated', { detail: { amount: '5' } });
    expect(withAmounts(english, other)).toBe(other);
  });

  test('says which record', () => {
    const wrote = (detail: AuditEntry['detail'], tool = 'odoo_write') =>
      lineOf(english, entryOf(`tool.${tool}`, { ...ofAgent, detail: { model: 'res.partner', ...detail } }));
    expect(wrote({ ids: [4], records: ['Initech'] })).toBe('Compass changed Initech (res.partner) for Mia');
    expect(wrote({ record: 'Initech', id: 4 }, 'odoo_create')).toBe('Compass created Initech (res.partner) for Mia');
    expect(wrote({ deleted: [{ id: 4, name: 'Initech' }] }, 'odoo_delete')).toBe(
      'Compass deleted Initech (res.partner) for Mia',
    );
    expect(wrote({ count: 12 }, 'odoo_count')).toBe('Compass counted 12 records of res.partner for Mia');
    expect(wrote({ ids: [4, 5] }, 'odoo_read')).toBe('Compass read res.partner 4 and 5 for Mia');
    const detail = { model: 'res.partner', record: 'Initech' };
    const created = entryOf('tool.odoo_create', {
      ...ofAgent,
      detail,
      names: { [mia]: 'Mia', 'res.partner': 'Contact' },
    });
    expect(lineOf(english, created)).toBe('Compass created Initech (Contact) for Mia');
  });

  test('says who approved what', () => {
    const detail = { tool: 'pinchy_read', path: '/data/hr/leave.md', agentId: compass, userId: mia };
    const entry = entryOf('approval.approved', { resource: 'approval:1', resourceName: null, detail });
    expect(lineOf(english, entry)).toBe('Mia approved of Compass: “Read files”, /data/hr/leave.md');
    expect(lineOf(german, entry)).toBe('Mia hat Compass freigegeben: „Dateien lesen“, /data/hr/leave.md');
  });

  test('of a failure says so', () => {
    const entry = entryOf('tool.pinchy_read', { ...ofAgent, outcome: 'failure', detail: { path: '/data/gone.md' } });
    expect(lineOf(english, entry)).toBe('Compass failed for Mia: “Read files”, /data/gone.md');
  });

  test('of an event that this version does not know names it', () => {
    expect(lineOf(english, entryOf('robot.polished'))).toBe('Mia: robot.polished');
  });

  test('writes out what nobody would see', () => {
    const entry = entryOf('tool.pinchy_read', { ...ofAgent, detail: { path: '/data/\u202Efdp.exe' } });
    expect(lineOf(english, entry)).toContain('/data/⟨U+202E⟩fdp.exe');
  });
});

describe('a change', () => {
  const changed = (changes: object, words = english) =>
    changesOf(words, entryOf('agent.updated', { detail: { changes } }));

  test('of a list says what came and what went, with names in the place of ids', () => {
    expect(
      changed({
        allowedTools: { from: ['pinchy_ls'], to: ['pinchy_read'] },
        groupIds: { from: [], to: [hr] },
        visibility: { from: 'all', to: 'restricted' },
      }),
    ).toEqual([
      { field: 'allowedTools', label: 'tools', text: 'added: Read files; removed: See which files there are' },
      { field: 'groupIds', label: 'groups', text: 'added: Human Resources' },
      { field: 'visibility', label: 'who can use it', text: 'Everyone → Certain groups' },
    ]);
  });

  test('of a model names it as people do, in German too', () => {
    const model = { from: null, to: 'anthropic/claude-sonnet-5' };
    expect(changed({ model })).toEqual([{ field: 'model', label: 'model', text: 'nothing → Claude Sonnet 5' }]);
    expect(changed({ model }, german)[0]).toEqual({
      field: 'model',
      label: 'Modell',
      text: 'nichts → Claude Sonnet 5',
    });
  });

  test('of permissions is told key by key', () => {
    const from = { allowed_paths: ['/data/hr'], ask_first: ['pinchy_read'] };
    const to = { allowed_paths: ['/data/hr', '/data/it'], ask_first: ['pinchy_read'] };
    expect(changed({ pluginConfig: { from, to } })).toEqual([
      { field: 'allowed_paths', label: 'directories', text: 'added: /data/it' },
    ]);
  });
});

/** Shown on request only, as they were signed. */
const unnamed = /^(?:|changes|emailHash|\w*Id)$/;

/** The names of details, and the fixed words that stand in them. */
function* choicesIn(schema: unknown, field = ''): Generator<[field: string, value?: string]> {
  if (typeof schema !== 'object' || schema === null) return;
  const {
    enum: values,
    properties,
    anyOf,
    items,
  } = schema as Partial<Record<'enum' | 'anyOf', unknown[]>> & {
    properties?: object;
    items?: object;
  };
  yield [field];
  for (const value of values ?? []) yield [field, String(value)];
  for (const [name, inner] of Object.entries(properties ?? {})) yield* choicesIn(inner, name);
  for (const part of [...(anyOf ?? []), items]) yield* choicesIn(part, field);
}

test('a template, a failure and a reason are told in words', () => {
  const text = (words: Words, field: string, value: string) => valueText(words, field, value, {});
  expect(text(german, 'templateId', 'custom')).toBe('Eigener Agent');
  expect(text(english, 'templateId', 'of-an-older-version')).toBe('of-an-older-version');
  expect(text(german, 'code', 'provider_auth')).toBe('Der Modellanbieter hat den Schlüssel abgelehnt.');
  expect(text(english, 'operation', 'write')).toBe('change');
  expect(text(german, 'method', 'shell')).toBe('auf dem Server');
  expect(text({ ...german, say: () => 'Gesagt.' }, 'reason', 'Said.')).toBe('Gesagt.');
});

test('a value is written as people write it', () => {
  const text = (field: string, value: unknown, words = english) => valueText(words, field, value, { [mia]: 'Mia' });
  expect(text('isDefault', true)).toBe('yes');
  expect(text('bytes', 12_345, german)).toBe('12.345');
  expect(text('decidedBy', mia)).toBe('Mia');
  expect(text('role', 'admin', german)).toBe('Admin');
  expect(text('accessLevel', 'read-only')).toBe('Read only');
  expect(text('paths', [])).toBe('nothing');
});

test('a filter that was saved is told in words, its dates as dates', () => {
  const filter = {
    search: 'Initech',
    agentId: compass,
    topic: 'denied',
    from: '2026-01-31',
    eventTypes: ['auth.login', 'auth.logout'],
  };
  const detail = { name: 'Refused', shared: false, filter };
  const entry = entryOf('audit.filter_saved', { resource: 'filter:1', resourceName: null, detail });
  expect(lineOf(german, entry)).toBe('Mia hat den Filter „Refused“ gespeichert');
  expect(valueText(english, 'filter', filter, entry.names)).toBe(
    'search: Initech; agent: Compass; question: Denied; from: 2026-01-31; event: signed in and signed out',
  );
  const changes = { filter: { from: { period: 'today', to: '2026-02-01' }, to: { period: 'lastMonth' } } };
  const changed = entryOf('audit.filter_updated', { detail: { name: 'Refused', shared: true, changes } });
  expect(changesOf(english, changed).map(({ label, text }) => `${label}: ${text}`)).toEqual([
    'period: Today → Last month',
    'until: 2026-02-01 → nothing',
  ]);
});
