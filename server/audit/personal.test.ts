import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { auditEvents, toolEventSchema } from '../../contract/audit-events.ts';
import { isImpersonal } from '../../contract/impersonal.ts';
import { createTrailFixture, testKeys, type TrailFixture } from '../../test/trail-fixture.ts';
import { eraseValues } from './erase.ts';
import { separatePersonal } from './personal.ts';

let trail: TrailFixture;
beforeEach(async () => {
  trail = await createTrailFixture();
});
afterEach(() => trail.close());

const mia = '7c1ab1a2-1111-4222-8333-444455556666';
const email = 'mia.member@example.com';

/** 1: created, 2: signed in, 3: somebody else, 4: invited by that one. */
async function writeFour(): Promise<void> {
  const { audit, db } = trail;
  const reference = audit.emailReference(email);
  await db.transaction(async (tx) => {
    await audit.record(tx, {
      eventType: 'user.created',
      actor: { type: 'user', id: mia },
      resource: `user:${mia}`,
      detail: { name: 'Mia Member', role: 'member', ...reference },
    });
    await audit.record(tx, {
      eventType: 'auth.login',
      actor: { type: 'user', id: mia },
      resource: `user:${mia}`,
      detail: { ipAddress: '203.0.113.7' },
    });
    await audit.record(tx, {
      eventType: 'auth.failed',
      actor: { type: 'system' },
      outcome: 'failure',
      error: 'wrong password',
      detail: { ...audit.emailReference('other@example.org'), reason: 'wrong password', ipAddress: '203.0.113.8' },
    });
    await audit.record(tx, {
      eventType: 'user.invited',
      actor: { type: 'user', id: 'somebody' },
      resource: 'invite:1',
      detail: { role: 'member', ...reference },
    });
  });
  await trail.seal();
}

const rows = async (table: string) => (await trail.pool.query(`select * from ${table} order by 1`)).rows;
const details = async () =>
  (await trail.audit.list({ page: 1, limit: 10 })).entries.toReversed().map((entry) => entry.detail);

describe('personal values', () => {
  it('stand beside the signed entry, which only commits to them', async () => {
    await writeFour();
    expect(JSON.stringify(await rows('audit_entries'))).not.toMatch(/Mia|203\.0\.113|…@/);
    expect((await rows('audit_entries'))[0].detail).toEqual({
      name: null,
      role: 'member',
      emailHash: null,
      emailPreview: null,
    });
    expect(await details()).toMatchObject([
      { name: 'Mia Member', emailPreview: 'm…@e….com' },
      { ipAddress: '203.0.113.7' },
      { reason: 'wrong password', ipAddress: '203.0.113.8' },
      { role: 'member', emailPreview: 'm…@e….com' },
    ]);
    // Equal values give different commitments: nobody can tell who is who by comparing.
    const [first, , , fourth] = await rows('audit_entries');
    expect(first.commitments['/detail/emailHash']).not.toBe(fourth.commitments['/detail/emailHash']);
  });

  it.each([
    ['the value', `update audit_personal_values set value = '"203.0.113.9"' where entry_id = 2`],
    ['the salt', `update audit_personal_values set salt = '\\x00' where entry_id = 2`],
    ['the place', `update audit_personal_values set pointer = '/detail/other' where entry_id = 2`],
    ['the commitment', `update audit_entries set commitments = '{}' where id = 2`],
    ['what belongs there', `update audit_entries set detail = '{"ipAddress": "203.0.113.9"}' where id = 2`],
    ['one value more', `insert into audit_personal_values values (2, '/detail/name', '"Mallory"', '\\x00')`],
  ])('that somebody changed make the entry an invalid one: %s', async (_what, statement) => {
    await writeFour();
    await trail.tamper(statement);
    expect(await trail.audit.verify()).toMatchObject({ valid: false, invalidIds: [2] });
  });

  it('that are gone, or look erased without the key, are missed', async () => {
    await writeFour();
    await trail.tamper('delete from audit_personal_values where entry_id = 2');
    expect(await trail.audit.verify()).toMatchObject({
      valid: false,
      invalidIds: [],
      problems: ['1 personal value is gone without having been erased, the first of entry 2.'],
    });
    expect((await details())[1]).toEqual({ ipAddress: '[lost]' });
    await trail.tamper(`update audit_personal_values set value = null, salt = null, erased_at = now(),
      erasure_key_id = 'key-1', erasure_hmac = sha256('guess') where entry_id = 1 and pointer = '/detail/name'`);
    expect((await trail.audit.verify()).problems).toEqual([
      '2 personal values are gone without having been erased, the first of entry 1.',
    ]);
  });

  it('of one person can be erased: everything else stays, every signature holds, and it shows', async () => {
    await writeFour();
    const before = await rows('audit_entries');
    const { emailHash } = trail.audit.emailReference(email);
    const erased = await trail.db.transaction((tx) => eraseValues(tx, testKeys, { id: mia, emailHashes: [emailHash] }));
    expect(erased).toEqual({ entries: 3, values: 6 });
    const mark = '[erased]';
    expect(await details()).toMatchObject([
      { name: mark, role: 'member', emailHash: mark, emailPreview: mark },
      { ipAddress: mark },
      { reason: 'wrong password', ipAddress: '203.0.113.8' },
      { role: 'member', emailHash: mark, emailPreview: mark },
    ]);
    expect(JSON.stringify(await rows('audit_personal_values'))).not.toMatch(/Mia|203\.0\.113\.7|m…@/);
    expect(await rows('audit_entries')).toEqual(before);
    expect(await trail.audit.verify()).toMatchObject({ valid: true, invalidIds: [], problems: [] });
    expect(
      await trail.db.transaction((tx) => eraseValues(tx, testKeys, { id: mia, emailHashes: [emailHash] })),
    ).toEqual({
      entries: 0,
      values: 0,
    });
    // A mark of erasure fits no other value.
    await trail.tamper(`update audit_personal_values as kept set value = null, salt = null, erased_at = mark.erased_at,
      erasure_key_id = mark.erasure_key_id, erasure_hmac = mark.erasure_hmac
      from audit_personal_values as mark where mark.entry_id = 2 and kept.entry_id = 3 and kept.pointer = mark.pointer`);
    expect(await trail.audit.verify()).toMatchObject({ valid: false });
  });

  it.each([
    'delete from audit_personal_values',
    'truncate audit_personal_values',
    `update audit_personal_values set value = '"x"'`,
    'update audit_personal_values set value = null, salt = null',
    `update audit_personal_values set value = null, salt = null, erased_at = now()`,
    `update audit_personal_values set erased_at = now(), erasure_key_id = 'k', erasure_hmac = 'h'`,
    `update audit_personal_values set entry_id = 9, value = null, salt = null, erased_at = now(), erasure_key_id = 'k', erasure_hmac = 'h'`,
    `set session_replication_role = replica; delete from audit_personal_values`,
  ])('are append-only in the database but for an erasure: %s', async (statement) => {
    await writeFour();
    const before = await rows('audit_personal_values');
    await expect(trail.pool.query(statement)).rejects.toThrow(/append-only/);
    expect(await rows('audit_personal_values')).toEqual(before);
  });

  it('cannot be put back, or erased twice', async () => {
    await writeFour();
    await trail.db.transaction((tx) => eraseValues(tx, testKeys, { id: mia, emailHashes: [] }));
    for (const change of [`value = '"x"', salt = '', erased_at = null`, 'erased_at = now()']) {
      await expect(
        trail.pool.query(`update audit_personal_values set ${change} where erased_at is not null`),
      ).rejects.toThrow(/append-only/);
    }
  });
});

describe('what is personal', () => {
  it('is every text whose schema does not say otherwise, whatever the event', () => {
    for (const [eventType, schema] of [...Object.entries(auditEvents), ['tool.x', toolEventSchema] as const]) {
      for (const [pointer, leaf] of leaves(schema, '')) {
        const { detail, values } = separatePersonal(leaf, 'Mia Member');
        const plain = isImpersonal(leaf) || leaf instanceof z.ZodEnum || leaf instanceof z.ZodUUID;
        expect(values.length, `${eventType}${pointer}`).toBe(plain ? 0 : 1);
        expect(detail === null, `${eventType}${pointer}`).toBe(!plain);
      }
    }
  });

  it('is all that a tool says, but for what is known to name nobody', () => {
    const said = {
      runId: 'r',
      conversationId: 'c',
      durationMs: 3,
      model: 'res.partner',
      deleted: [{ id: 4, name: 'Mia' }],
      nested: { note: 'Mia' },
      __proto__: null,
    };
    const { detail, values } = separatePersonal(toolEventSchema, JSON.parse(JSON.stringify(said)));
    expect(detail).toMatchObject({ model: 'res.partner', durationMs: 3, deleted: null, nested: null });
    expect(values.map(({ pointer }) => pointer).sort()).toEqual(['/detail/deleted', '/detail/nested']);
  });
});

/** The schemas that no other is below. */
function leaves(schema: z.core.$ZodType, pointer: string): [string, z.core.$ZodType][] {
  if (isImpersonal(schema)) return [[pointer, schema]];
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return leaves(schema.unwrap(), pointer);
  if (schema instanceof z.ZodArray) return leaves(schema.element, `${pointer}/0`);
  if (schema instanceof z.ZodRecord) return leaves(schema.valueType, `${pointer}/x`);
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape).flatMap(([name, member]) => leaves(member, `${pointer}/${name}`));
  return [[pointer, schema]];
}
