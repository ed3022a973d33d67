import { expect, test } from 'vitest';
import type { Overview } from '../../../contract/overview.ts';
import { en } from '../../texts/en.ts';
import { createTranslate } from '../../texts/translate.ts';
import { attentionOf, isOnlyBackupOpen } from './attention.ts';

const now = Date.parse('2026-11-30T12:00:00.000Z');
const formats = { number: String, date: String, dateTime: String };
const words = { t: createTranslate(en, 'en'), say: (text: string) => text, formats, locale: 'en' };

const daysAgo = (days: number) => new Date(now - days * 86_400_000).toISOString();
const activityOf = (questions: number[]) =>
  questions.map((count) => ({ date: '2026-11-30', questions: count, people: 0, agents: 0, failed: 0 }));

const well: Overview = {
  approvals: { waiting: 0, oldestAt: null },
  connections: [],
  failures: [],
  fallbacks: 0,
  unreadableDocuments: 0,
  agentsWithoutModel: [],
  agentsWithoutOwner: [],
  reviewsDue: [],
  stoppedAgents: [],
  budgets: [],
  trail: { anchor: 'holds', waiting: 0, waitingSince: null, lastCheck: { at: daysAgo(0.3), valid: true } },
  licence: {
    ...{ enterprise: false, type: null, org: null, expiresAt: null, daysRemaining: null, managedByEnv: false },
    ...{ maxUsers: 0, seatsUsed: 1 },
  },
  lastBackupAt: daysAgo(1),
  version: '0.1.0',
  update: null,
  steps: { provider: true, agent: true, documents: true, people: true, question: true, backup: true },
  activity: activityOf([0, 0, 0, 0, 0, 3, 1]),
};
const textsOf = (overview: Partial<Overview>) =>
  attentionOf(words, { ...well, ...overview }, now).map(({ text }) => text);
const trailOf = (lastCheck: Overview['trail']['lastCheck']) => ({ trail: { ...well.trail, lastCheck } });

test('nothing is said of what is well', () => {
  expect(textsOf({})).toEqual([]);
});

test('a trail that was not verified for a day is', () => {
  expect(textsOf(trailOf({ at: daysAgo(1.2), valid: true }))).toEqual(['The audit trail was last verified a day ago.']);
  expect(textsOf(trailOf({ at: daysAgo(4), valid: true }))).toEqual(['The audit trail was last verified 4 days ago.']);
  expect(textsOf(trailOf(null))).toEqual(['The audit trail was never verified.']);
  // The first check of a new product is yet to come.
  expect(textsOf({ ...trailOf(null), activity: activityOf([0, 0, 0, 0, 0, 0, 5]) })).toEqual([]);
});

test('a missing backup is once nothing else of the first steps is open, which name it before', () => {
  const steps = { ...well.steps, backup: false };
  expect(textsOf({ lastBackupAt: null, steps })).toEqual(['Pinchy has made no backup yet.']);
  expect(textsOf({ lastBackupAt: null, steps: { ...steps, people: false } })).toEqual([]);
  expect(isOnlyBackupOpen(steps)).toBe(true);
  expect(isOnlyBackupOpen({ ...steps, people: false })).toBe(false);
});

test('a newer version is, with where to read of it', () => {
  const update = { version: '0.2.0', url: 'https://example.com/0.2.0' };
  expect(attentionOf(words, { ...well, update }, now)).toMatchObject([
    { text: 'Pinchy 0.2.0 is out; this is 0.1.0.', link: 'https://example.com/0.2.0', isUrgent: false },
  ]);
});

const licence = { ...well.licence, enterprise: true, org: 'Larkspur', expiresAt: '2027-01-01', daysRemaining: 200 };
const compass = [
  { id: 'c', name: 'Compass' },
  { id: 'l', name: 'Ledger' },
];

test.each<[string, Partial<Overview>, string, boolean, string]>([
  [
    'calls that wait',
    { approvals: { waiting: 2, oldestAt: 'noon' } },
    '2 calls wait for the people who asked, the oldest since noon.',
    false,
    '/audit',
  ],
  [
    'a connection that failed',
    { connections: [{ kind: 'integration', id: 'i', name: 'Odoo', reason: 'No such user.' }] },
    'Odoo could not be synchronised: No such user.',
    true,
    '/settings integrations',
  ],
  [
    'a bot that does not work',
    { connections: [{ kind: 'telegram', id: 't', name: '@bot', reason: 'Gone.' }] },
    'The bot @bot does not work: Gone.',
    true,
    '/settings telegram',
  ],
  [
    'answers that failed',
    { failures: [{ code: 'provider_quota', count: 3, lastAt: '' }] },
    '3 answers failed in the last 24 hours because the account at a provider has no credit left.',
    true,
    '/settings providers',
  ],
  [
    'answers of fallback models',
    { fallbacks: 2 },
    '2 answers of the last 24 hours were left to a fallback model.',
    false,
    '/audit',
  ],
  [
    'no provider',
    { steps: { ...well.steps, provider: false } },
    'No model provider is connected, so no agent can answer.',
    true,
    '/settings providers',
  ],
  [
    'unreadable documents',
    { unreadableDocuments: 1_200 },
    '1,200 documents cannot be read, so no agent finds them.',
    false,
    '/knowledge',
  ],
  [
    'agents without an owner',
    { agentsWithoutOwner: compass },
    'Nobody answers for: Compass and Ledger.',
    false,
    '/agents/$agentId/settings',
  ],
  [
    'agents without a model',
    { agentsWithoutModel: compass },
    'Without a model, so they cannot answer: Compass and Ledger.',
    false,
    '/agents/$agentId/settings',
  ],
  [
    'reviews that are due',
    { reviewsDue: compass },
    'To be looked at again: Compass and Ledger.',
    false,
    '/agents/$agentId/settings',
  ],
  [
    'a budget that is used up',
    { budgets: [{ id: 'b', scope: 'group', name: 'Sales', period: 'month', usedUp: true }] },
    'The budget of the group Sales (a month) is used up.',
    true,
    '/usage',
  ],
  [
    'a trail that was changed',
    trailOf({ at: daysAgo(0.1), valid: false }),
    'The last check found the audit trail changed.',
    true,
    '/audit',
  ],
  [
    'a missing anchor',
    { trail: { ...well.trail, anchor: 'missing' } },
    'The audit trail does not lead to its anchor.',
    true,
    '/audit',
  ],
  [
    'entries that are not sealed',
    { trail: { ...well.trail, waiting: 9, waitingSince: 'noon' } },
    'Entries of the audit trail are not sealed, since noon.',
    true,
    '/audit',
  ],
  [
    'a licence that ended',
    { licence: { ...well.licence, expiresAt: '2026-11-01' } },
    'The licence expired on 2026-11-01.',
    false,
    '/settings licence',
  ],
  [
    'a licence that ends',
    { licence: { ...licence, daysRemaining: 12 } },
    'The licence ends in 12 days.',
    false,
    '/settings licence',
  ],
  [
    'seats that are taken',
    { licence: { ...licence, maxUsers: 5, seatsUsed: 5 } },
    'Every seat of the licence is taken (5 in all).',
    false,
    '/settings licence',
  ],
  ['an old backup', { lastBackupAt: daysAgo(4.5) }, 'The last backup is 4 days old.', false, ''],
])('%s', (_what, overview, text, isUrgent, leads) => {
  const items = attentionOf(words, { ...well, ...overview }, now);
  expect(items.map((item) => item.text)).toEqual([text]);
  const { place } = items[0]!;
  const section = place?.to === '/settings' ? ` ${place.search.section}` : '';
  expect({ isUrgent: items[0]!.isUrgent, leads: `${place?.to ?? ''}${section}` }).toEqual({ isUrgent, leads });
});
