import type { ModelSettings } from '../../contract/model-settings.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { Reader, Transaction } from '../db/client.ts';
import { deadAfterMs, goneAfterMs, heartbeatMs } from '../db/replica-silence.ts';
import type { StepUsage } from '../runtime/agent-runtime.ts';

/** What the chat needs from the rest of the server. Each call asks for the state of now: nothing here is cached by us. */

export interface RunDescription {
  /** `<provider>/<model id>`; null until a provider is configured. */
  model: string | null;
  /** Answers when that does not. */
  fallbackModel: string | null;
  settings: ModelSettings;
  system: string;
  toolIds: string[];
  /** An admin has stopped it. */
  stopped: boolean;
}

export interface ChatAgents {
  /** The agent if this person may see and use it now; in a transaction, as that sees it. */
  findUsable(
    userId: string,
    agentId: string,
    tx?: Transaction,
  ): Promise<{ id: string; name: string; stopped: boolean } | undefined>;
  /** Whether this person may change the agent itself, its model among others. */
  mayEdit(userId: string, agentId: string, tx: Transaction): Promise<boolean>;
  /** Whose personal agent it is; undefined for one that is shared, and one that is gone. */
  findPersonalOwner(agentId: string): Promise<string | undefined>;
  /** What a run of this agent for this person is made of; undefined when it may not be used any more. */
  describeForRun(
    who: { userId: string; agentId: string },
    /** To share a trip to the database. */
    reader?: Reader,
  ): Promise<RunDescription | undefined>;
}

export interface ChatSessions {
  /** Undefined once the session was revoked or has expired, or its user was deactivated. */
  current(sessionToken: string): Promise<{ userId: string } | undefined>;
}

/** US dollars for one step, or null when no price is known. `model` is `<provider>/<model id>`. */
export type PriceUsage = (step: StepUsage & { model: string; at: Date }) => Promise<number | null>;

/** Ends what was reserved for calls of models, in the transaction that writes down what came of them. */
export interface ChatSpending {
  /** What was used is recorded. Returns what was sent, if anything: it may travel with the commit. */
  settle(tx: Transaction, holder: string): Promise<unknown> | undefined;
  /**
   * The call came to no end that its provider told of: what it read and wrote was spent all the same. `written`, in bytes,
   * where another process heard it. Returns what was sent, if anything.
   */
  charge(tx: Transaction, holder: string, ended: { failed: boolean; written?: number }): Promise<unknown> | undefined;
  /** The same where no transaction writes the end. Never throws. */
  chargeLost(holder: string): Promise<void>;
  /** Nothing more is called for it. */
  forget(holder: string): void;
}

export type ChatAudit = Pick<AuditTrail, 'record'>;

export interface ChatLimits {
  socketsPerUser: number;
  /** Frames a socket may send per second in the long run, ten times as many at once; one counts for each 64 KiB it has. */
  framesPerSecond: number;
  /** Bytes that may wait for a slow client before its socket is closed. */
  bufferedBytes: number;
  messageCharacters: number;
}

export const defaultChatLimits: ChatLimits = {
  socketsPerUser: 20,
  framesPerSecond: 20,
  bufferedBytes: 8 * 1024 * 1024,
  messageCharacters: 32_000,
};

/** Intervals in milliseconds. */
export interface ChatTimings {
  /** How often grown text is written to the database. */
  persist: number;
  /** How often answers of other replicas are looked at, and written where that is done. */
  follow: number;
  /** The longest silence of a run on its sockets. */
  thinking: number;
  heartbeat: number;
  /** A replica that was not heard of for this long is dead. */
  replicaDead: number;
  /** Sooner, when its connection to the database is gone as well. */
  replicaGone: number;
  socketPing: number;
  sessionPoll: number;
  /** How often overdue approvals are ended, and decisions looked for whose signal was missed. */
  approvals: number;
}

export const defaultChatTimings: ChatTimings = {
  persist: 300,
  follow: 60,
  thinking: 15_000,
  heartbeat: heartbeatMs,
  replicaDead: deadAfterMs,
  replicaGone: goneAfterMs,
  socketPing: 25_000,
  sessionPoll: 15_000,
  approvals: 3_000,
};
