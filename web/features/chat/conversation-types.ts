import type {
  Attachment,
  Branches,
  Failure,
  FinishReason,
  MessageUsage,
  Rating,
  ServerFrame,
  SocketErrorCode,
  Source,
  ToolCall,
} from '../../../contract/socket.ts';

/** A stored message, or one that is being written. */
export interface TranscriptMessage {
  id: string;
  role: 'user' | 'assistant';
  content: string;
  createdAt: string;
  clientMessageId?: string;
  attachments?: Attachment[];
  toolCalls: ToolCall[];
  usage?: MessageUsage;
  /** The fallback model that wrote it, because the agent's own could not. */
  fallbackModel?: string;
  interrupted: boolean;
  finishReason?: FinishReason;
  /** Why the run failed whose last message this is. */
  failure?: Failure;
  /** Those that part before it. */
  branches?: Branches;
  /** What it rests on, once it is whole. */
  sources?: readonly Source[];
  /** What the person thinks of it. */
  rating?: Rating;
  /** Its text still grows. */
  streaming: boolean;
  /** The last chunk that `content` includes. */
  seq: number;
  /** A chunk was missed: its text ends early until history brings the rest. */
  gap: boolean;
  /** Learnt from frames of this socket and not in any history since; a history made before it must not drop it. */
  live: boolean;
  /** Acknowledged, waits for its answer to begin. */
  awaiting: boolean;
}

/** What the person said and the server has not acknowledged yet. */
export interface OutgoingMessage {
  clientMessageId: string;
  content: string;
  attachments: Attachment[];
  createdAt: string;
  /** The conversation begins with it. */
  begins?: true;
  /** The conversation is not kept, and neither is it in the outbox. */
  temporary?: true;
  failure?: { code: SocketErrorCode; message: string; retryable: boolean };
}

/** Of what is refused before it is answered: budgets only let answers not go on. */
export type RefusalCode = Exclude<Failure['code'], 'budget_exceeded' | 'model_unpriced'>;

export interface Notice extends Failure {
  /** A run failed; else something was refused that was asked of the server. */
  ofRun: boolean;
}

export interface CurrentRun {
  runId: string;
  messageId?: string;
  /** No text has come since the run began, a tool was called or the server said that it still thinks. */
  thinking: boolean;
  aborting: boolean;
  /** It answers on a branch that this tab saw beginning: only history tells how many there are. */
  branched?: boolean;
}

/** What a person says of a call that waits. */
export interface Choice {
  decision: 'approve' | 'deny';
  /** Its like need not be asked about again in this conversation. */
  always?: true;
}

export interface ConversationState {
  loaded: boolean;
  messages: readonly TranscriptMessage[];
  hasMore: boolean;
  /** Of what is shown; see `history` frames. */
  branch: number;
  run?: CurrentRun;
  outgoing: readonly OutgoingMessage[];
  notice?: Notice;
  /** Decisions sent and not answered yet, by approval. */
  decisions: Readonly<Record<string, 'approve' | 'deny'>>;
  /** The newest messages should be fetched: something was missed. */
  stale: boolean;
  /** The history that was asked for and has not come yet; `before` when it is an older page. */
  requested?: { before?: string };
  endedRuns: readonly string[];
}

export type ConversationEvent =
  | { type: 'frame'; frame: ServerFrame; at: string }
  | { type: 'send'; message: Omit<OutgoingMessage, 'failure'> }
  /** Nothing was said in it yet: there is no history to ask for. */
  | { type: 'unbegun' }
  | { type: 'retry'; clientMessageId: string }
  | { type: 'discard'; clientMessageId: string }
  | { type: 'history-requested'; before?: string }
  | { type: 'stale' }
  | { type: 'lost' }
  | { type: 'abort' }
  | { type: 'decide'; approvalId: string; decision: 'approve' | 'deny' }
  | { type: 'rated'; messageId: string; rating: Rating | undefined }
  | { type: 'dismiss-notice' };

export const emptyConversation: ConversationState = {
  loaded: false,
  messages: [],
  hasMore: false,
  branch: 0,
  outgoing: [],
  decisions: {},
  stale: true,
  endedRuns: [],
};
