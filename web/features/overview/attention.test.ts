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

test('agents that are stopped are, with how many have the same name', () => {
  const named = (...names: string[]) => names.map((name, index) => ({ id: String(index), name }));
  expect(textsOf({ stoppedAgents: named('Scribe') })).toEqual(['Scribe is stopped and answers nobody.']);
  expect(textsOf({ stoppedAgents: named('Scribe', 'Smithers', 'Smithers') })).toEqual([
    '3 agents are stopped and answer nobody: Scribe and Smithers (2).',
  ]);
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
