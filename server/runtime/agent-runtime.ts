import type { ModelSettings } from '../../contract/model-settings.ts';
import type { FailureDetails, FinishReason, SocketErrorCode } from '../../contract/socket.ts';
import type { ImageReference } from '../tools/tool.ts';

/** Model calls of one answer; the last has no tools, so that it says what was found. */
export const maxSteps = 25;

/** One message of the conversation as a runtime sees it, oldest first. */
export type RuntimeMessage =
  | { position: number; role: 'user'; text: string; images?: ImageReference[] }
  | { position: number; role: 'assistant'; text: string; toolCalls: RuntimeToolCall[] };

export interface RuntimeToolCall {
  toolCallId: string;
  name: string;
  input: unknown;
  /** What the model read as the result; a call that never ended has a sentence that says so. */
  output: string;
  failed: boolean;
  images?: ImageReference[];
}

export interface RunRequest {
  runId: string;
  agentId: string;
  userId: string;
  conversationId: string;
  /** The conversation that the person has with this agent when none is named. */
  isDefault: boolean;
  /** Grows whenever another branch of the conversation is shown: what was sent for another number may not be on it. */
  branch: number;
  /** `<provider>/<model id>` */
  model: string;
  /** Answers when that one does not, where the runtime can change over. */
  fallbackModel?: string | null;
  /** How the model is asked. */
  settings?: ModelSettings;
  /** Personality, instructions and contexts, ready to send. */
  system: string;
  /** The conversation, ending with the user's message to answer (or with a step that a run goes on from). */
  messages: RuntimeMessage[];
  /** What compaction kept of older messages that are not in `messages`. */
  summary: string | null;
  /** The tools to offer. The tool gate asks again, at each call, whether one is granted. */
  toolIds: string[];
  /** Steps this run has already used, when it goes on after an approval. */
  stepsUsed: number;
  /** What `finish` gave when the run began to wait. */
  continuation?: unknown;
}

/** Tokens of one step; `inputTokens` excludes what the provider's cache served or stored. */
export interface StepUsage {
  inputTokens: number;
  outputTokens: number;
  cacheReadTokens: number;
  cacheWriteTokens: number;
}

/** The ends of a step that the runtime itself knows of. */
export type StepReason = Extract<FinishReason, 'stop' | 'length' | 'filter' | 'step_limit' | 'error'>;

/**
 * What happens in a run, in order. A step that has text or tool calls becomes one assistant message, from its first
 * `text-delta` or `tool-start` to its `step-end`.
 */
export type RuntimeEvent =
  | { type: 'text-delta'; text: string }
  | { type: 'tool-start'; toolCallId: string; name: string; input: unknown }
  | {
      type: 'tool-end';
      toolCallId: string;
      name: string;
      state: 'done' | 'denied' | 'failed';
      summary: string;
      /** What the model reads. */
      output: string;
      images?: ImageReference[];
    }
  | {
      type: 'tool-approval';
      toolCallId: string;
      name: string;
      input: unknown;
      approvalId: string;
      expiresAt: Date;
      /** What it will do, in words. */
      summary?: string;
    }
  /**
   * `reason` says what cut the step off; without one it is whole. `isLast`: only `finish` follows, at once and for the same
   * reason, so that both can be stored together.
   */
  | { type: 'step-end'; usage: StepUsage; model: string; reason?: StepReason | undefined; isLast?: true }
  /** Older messages were summarised: they need not be sent again. Its tokens count as `system`. */
  | { type: 'compacted'; summary: string; throughPosition: number; usage: StepUsage; model: string }
  /** The model could not answer for this reason; another one does. */
  | { type: 'fallback'; code: SocketErrorCode; message: string; model: string; fallbackModel: string }
  /** The run is over: answered, or out of steps. */
  | { type: 'finish'; reason: Exclude<StepReason, 'error'> }
  /**
   * Calls of the last step wait for a person. The run goes on with another `run`, whose messages end with the outcomes;
   * `continuation` is JSON that the runtime wants back then.
   */
  | { type: 'finish'; reason: 'approval'; continuation?: unknown }
  /** The run failed; nothing follows. */
  | { type: 'error'; code: SocketErrorCode; message: string; retryable: boolean; details?: FailureDetails };

export interface RuntimeHealth {
  connected: boolean;
  mode: 'native' | 'openclaw';
  restartingSince?: Date;
}

/** The port behind which agents run. Governance (grants, scopes, audit, metering) is the same in every adapter. */
export interface AgentRuntime {
  /** Ends with `finish` or `error`; an abort through `signal` ends the iteration without either. Never throws. */
  run(request: RunRequest, signal: AbortSignal): AsyncIterable<RuntimeEvent>;
  health(): RuntimeHealth;
  /** Somebody is there who may ask: what the first answer needs can be loaded. */
  prepare?(): void;
  /** Called after an agent, its files, contexts or grants changed. */
  syncAgent(agentId: string): Promise<void>;
  removeAgent(agentId: string): Promise<void>;
}
