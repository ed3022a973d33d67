import { expect, test } from 'vitest';
import type { Agent } from '../../../../contract/agents.ts';
import { isReviewDue } from '../review-due.ts';
import { type Exhibit, findAgents } from './find-agents.ts';

const exhibit = (name: string, agent: Partial<Agent> = {}, use: Partial<Exhibit['use']> = {}): Exhibit => ({
  agent: {
    name,
    isPersonal: false,
    tagline: null,
    description: null,
    model: null,
    responsibleUserId: 'somebody',
    responsibleUserName: null,
    reviewAt: null,
    stopped: false,
    visibility: 'all',
    ...agent,
  } as Agent,
  modelName: agent.model ?? null,
  tools: [],
  groups: [],
  use: { agentId: name, lastUsedAt: null, cost: null, ...use },
});
const names = (found: Exhibit[]) => found.map(({ agent }) => agent.name);

test('every word has to be found: in names, purpose, owner, model, tools and groups, whatever its case', () => {
  const all = [
    exhibit('Compass', { description: 'Shows the WAY', responsibleUserName: 'Mia Malone' }),
    { ...exhibit('Scribe', { model: 'anthropic/claude' }), tools: ['Read files'], groups: ['Finance'] },
  ];
  expect(names(findAgents(all, { q: 'way mia' }))).toEqual(['Compass']);
  expect(names(findAgents(all, { q: 'CLAUDE finance read' }))).toEqual(['Scribe']);
  expect(names(findAgents(all, { q: 'mia read' }))).toEqual([]);
  expect(names(findAgents(all, {}))).toEqual(['Compass', 'Scribe']);
});

test('one filter at a time', () => {
  const all = [
    exhibit('Stopped', { stopped: true }),
    exhibit('Orphan', { responsibleUserId: null }),
    exhibit('Due', { reviewAt: '2020-01-01' }),
    exhibit('Closed', { visibility: 'restricted' }),
    exhibit('Later', { reviewAt: '2999-01-01' }),
  ];
  expect(names(findAgents(all, { only: 'stopped' }))).toEqual(['Stopped']);
  expect(names(findAgents(all, { only: 'unowned' }))).toEqual(['Orphan']);
  expect(names(findAgents(all, { only: 'review' }))).toEqual(['Due']);
  expect(names(findAgents(all, { only: 'restricted' }))).toEqual(['Closed']);
  expect(isReviewDue(all[4]!.agent, new Date(2999, 0, 1, 12))).toBe(true);
});

test('the own assistant is first, then the order that was asked for, and names break ties', () => {
  const all = [
    exhibit('B', {}, { lastUsedAt: '2026-01-01T00:00:00Z', cost: '9.5' }),
    exhibit('A', {}, { lastUsedAt: '2026-02-01T00:00:00Z', cost: '10' }),
    exhibit('D'),
    exhibit('C'),
    exhibit('Smithers', { isPersonal: true }),
  ];
  expect(names(findAgents(all, {}))).toEqual(['Smithers', 'A', 'B', 'C', 'D']);
  expect(names(findAgents(all, { order: 'used' }))).toEqual(['Smithers', 'A', 'B', 'C', 'D']);
  expect(names(findAgents(all.toReversed(), { order: 'cost' }))).toEqual(['Smithers', 'A', 'B', 'C', 'D']);
});

test('names are put in order as people count', () => {
  const all = ['Guide 10', 'Guide 2', 'Atlas'].map((name) => exhibit(name));
  expect(names(findAgents(all, {}))).toEqual(['Atlas', 'Guide 2', 'Guide 10']);
});
