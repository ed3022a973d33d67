import type { ProviderId } from '../../providers/provider.ts';
import { maxSteps } from '../agent-runtime.ts';

// What Pinchy's agents, sessions, providers and secrets are called in a gateway. The prefix tells them from what others keep there.

const prefix = 'pinchy-';

export const gatewayAgentId = (agentId: string) => `${prefix}${agentId}`;

export const hasOurPrefix = (name: string) => name.startsWith(prefix);

/** The Pinchy agent behind a gateway's id; undefined for agents that are not ours. */
export function agentIdOf(gatewayId: string): string | undefined {
  return hasOurPrefix(gatewayId) ? gatewayId.slice(prefix.length) : undefined;
}

export interface SessionOwner {
  agentId: string;
  userId: string;
  conversationId: string;
  isDefault: boolean;
}

/** One session per person, agent and conversation; the default conversation has no id of its own. */
export function sessionKeyOf({ agentId, userId, conversationId, isDefault }: SessionOwner): string {
  const direct = `agent:${gatewayAgentId(agentId)}:direct:${userId}`;
  return isDefault ? direct : `${direct}:${conversationId}`;
}

/** What a session's key says of its owner. */
export interface KeyOwner extends Pick<SessionOwner, 'agentId' | 'userId'> {
  /** Missing for the default conversation. */
  conversationId?: string | undefined;
}

const id = '([0-9a-f-]{36})';
const sessionKeyPattern = new RegExp(`^agent:${gatewayAgentId(id)}:direct:${id}(?::${id})?$`);

/** The reverse of `sessionKeyOf`; undefined where it made no such key. */
export function sessionOwnerOf(sessionKey: string): KeyOwner | undefined {
  const [, agentId, userId, conversationId] = sessionKeyPattern.exec(sessionKey) ?? [];
  return agentId && userId ? { agentId, userId, conversationId } : undefined;
}

/** A run that goes on after a wait is a run of its own in the gateway; its id still begins with ours. */
export const gatewayRunId = (runId: string, stepsUsed: number) => (stepsUsed === 0 ? runId : `${runId}.${stepsUsed}`);

export const runIdOf = (gatewayId: string) => gatewayId.split('.', 1)[0] ?? '';

/** Every run of the gateway that an answer of so many steps can have been; its last step is a run of its own. */
export function gatewayRunIds(runId: string, steps: number): string[] {
  const starts = Array.from({ length: Math.min(steps, maxSteps - 1) + 1 }, (_, stepsUsed) => stepsUsed);
  return [...new Set([...starts, maxSteps - 1])].map((stepsUsed) => gatewayRunId(runId, stepsUsed));
}

/** Steps that the answer had used when this run of the gateway began; undefined where `gatewayRunId` made no such id. */
export function stepsUsedOf(gatewayId: string): number | undefined {
  const [isOurs, steps = '0'] = /^[0-9a-f-]{36}(?:\.([1-9]\d?))?$/.exec(gatewayId) ?? [];
  return isOurs ? Number(steps) : undefined;
}

/** The last step of an answer has no tools. */
export const mayCallTools = (stepsUsed: number) => stepsUsed < maxSteps - 1;

export const gatewayProvider = (provider: ProviderId) => `${prefix}${provider}`;

export const secretName = (provider: ProviderId) => `PINCHY_${provider.toUpperCase().replaceAll('-', '_')}`;
