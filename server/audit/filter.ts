import { sql, type SQL } from 'drizzle-orm';
import type { AuditTopic } from '../../contract/audit-topics.ts';
import type { AuditFilter } from '../../contract/audit.ts';

const dayMs = 24 * 60 * 60 * 1_000;

/** The first and the last millisecond a filter lets through. A bare date means the whole day in UTC. */
export function timeRange({ from, to }: Pick<AuditFilter, 'from' | 'to'>): { first: number; last: number } {
  return {
    first: from === undefined ? -Infinity : Date.parse(from),
    last: to === undefined ? Infinity : Date.parse(to) + (to.includes('T') ? 0 : dayMs - 1),
  };
}

/** On whose behalf an agent acted; as the index has it. */
export const personOf = sql.raw(`(detail ->> 'userId')`);
/** The agent that acted, or that it was about; as the index has it. */
export const agentOf = sql.raw(
  `coalesce(detail ->> 'agentId', substring(resource from '^agent:(.*)$'), case actor_type when 'agent' then actor_id end)`,
);
/** The run that an entry is a part of; as the index has it. */
export const runOf = sql.raw(`coalesce(substring(resource from '^run:(.*)$'), detail ->> 'runId')`);

const topics: Record<AuditTopic, SQL> = {
  denied: sql`event_type in ('tool.denied', 'approval.denied', 'approval.expired')`,
  approvals: sql`event_type in ('approval.requested', 'approval.approved', 'approval.denied', 'approval.expired', 'allowance.created', 'allowance.deleted')`,
  signIns: sql`event_type in ('auth.login', 'auth.failed', 'auth.logout', 'user.password_changed', 'user.reset_requested')`,
  permissions: sql`(
    event_type in (
      'agent.created', 'agent.deleted', 'agent.integration_updated', 'group.members_updated', 'group.deleted',
      'user.invited', 'user.invite_revoked', 'user.created', 'user.groups_withheld', 'user.deactivated',
      'user.reactivated', 'integration.created', 'integration.deleted',
      'conversation.shared', 'conversation.share_revoked', 'settings.sharing_updated'
    )
    or (event_type = 'agent.updated' and detail -> 'changes' ?| array['allowedTools', 'pluginConfig', 'visibility', 'groupIds'])
    or (event_type = 'user.updated' and detail -> 'changes' ? 'role')
  )`,
};

export function filterConditions(filter: AuditFilter): SQL[] {
  const { eventType, eventTypes, actorId, personId, agentId, topic, status, from, to } = filter;
  const { first, last } = timeRange(filter);
  const conditions: SQL[] = [];
  if (eventType !== undefined) conditions.push(sql`event_type = ${withoutNul(eventType)}`);
  if (eventTypes !== undefined)
    conditions.push(sql`event_type = any(${sql.param(eventTypes.map(withoutNul))}::text[])`);
  if (actorId !== undefined) conditions.push(sql`actor_id = ${withoutNul(actorId)}`);
  if (personId !== undefined) conditions.push(sql`(actor_id = ${personId} or ${personOf} = ${personId})`);
  if (agentId !== undefined) conditions.push(sql`${agentOf} = ${agentId}`);
  if (topic !== undefined) conditions.push(topics[topic]);
  // Written out: the index of failures is used only if the planner sees the constant.
  if (status !== undefined) conditions.push(status === 'failure' ? sql`outcome = 'failure'` : sql`outcome = 'success'`);
  if (from !== undefined) conditions.push(sql`timestamp >= ${asMoment(first)}`);
  if (to !== undefined) conditions.push(sql`timestamp <= ${asMoment(last)}`);
  return conditions;
}

/** PostgreSQL knows no year 0. */
const yearOne = Date.parse('0001-01-01T00:00:00.000Z');
const asMoment = (milliseconds: number): SQL =>
  sql`${new Date(Math.max(milliseconds, yearOne)).toISOString()}::timestamptz`;

/** PostgreSQL refuses NUL; no entry holds one, so nothing must match. */
const withoutNul = (text: string): string => text.replaceAll('\0', '\u{FFFD}');

export const allOf = (conditions: SQL[]): SQL =>
  conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
