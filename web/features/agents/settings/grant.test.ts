import { describe, expect, test } from 'vitest';
import {
  bodyOfGrant,
  type Grant,
  isSameGrant,
  knownModels,
  modelsOf,
  refusedByOdoo,
  withLevel,
  withModel,
} from './grant.ts';

const known = knownModels({
  lastSyncAt: '2026-01-01T00:00:00.000Z',
  models: [
    { model: 'res.partner', name: 'Contact', operations: ['read', 'create', 'write', 'delete'] },
    { model: 'sale.report', name: 'Sales Analysis', operations: ['read'] },
  ],
});
const levelled: Grant = {
  enabled: true,
  accessLevel: 'read-write',
  models: ['sale.report', 'res.partner'],
  permissions: [],
};

describe('a grant', () => {
  test('holds what its level and Odoo both allow', () => {
    expect(modelsOf(levelled, known)).toEqual([
      { model: 'res.partner', operations: ['read', 'create', 'write'] },
      { model: 'sale.report', operations: ['read'] },
    ]);
    expect(refusedByOdoo(levelled, known, 'sale.report')).toEqual(['create', 'write']);
  });

  test('becomes custom with what held until then, and a level again with the same models', () => {
    const custom = withLevel(levelled, 'custom', known);
    expect(modelsOf(custom, known)).toEqual(modelsOf(levelled, known));
    expect(withLevel(custom, 'read-only', known).models).toEqual(['res.partner', 'sale.report']);
  });

  test('gives a model added to single permissions reading only', () => {
    const custom = withModel({ ...levelled, accessLevel: 'custom', models: [] }, 'res.partner', known);
    expect(modelsOf(custom, known)).toEqual([{ model: 'res.partner', operations: ['read'] }]);
  });

  test('before the first synchronisation holds as granted, because only Odoo knows', () => {
    const unknown = knownModels({ lastSyncAt: null, models: [] });
    expect(modelsOf(levelled, unknown).map(({ operations }) => operations.length)).toEqual([3, 3]);
  });

  test('is the same in another order, and another one with another model', () => {
    expect(isSameGrant(levelled, { ...levelled, models: levelled.models.toReversed() })).toBe(true);
    expect(isSameGrant(levelled, { ...levelled, models: ['res.partner'] })).toBe(false);
  });

  test('of a web search is only whether it is on', () => {
    expect(bodyOfGrant({ connectionId: 'id', type: 'web-search' }, levelled)).toEqual({
      connectionId: 'id',
      enabled: true,
    });
  });
});
