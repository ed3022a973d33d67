import type { IncomingHttpHeaders } from 'node:http';

/** The services a double can stand in for; the same ids as the product's providers. */
export type DoubleKind = 'anthropic' | 'openai' | 'google' | 'ollama-cloud' | 'ollama-local';

export type DoubleErrorKind =
  'auth' | 'forbidden' | 'quota' | 'rate-limit' | 'model-not-found' | 'context-too-long' | 'overloaded' | 'server';

/** Tokens in provider-neutral form: `input` leaves out what was read from or written to a cache. */
export interface DoubleUsage {
  input: number;
  output: number;
  cacheRead?: number;
  cacheWrite?: number;
}

/**
 * One step of an answer. Steps run in order and the answer ends properly after the last one, unless a step says otherwise.
 * An `error` before any output is a real HTTP error; after output it is the error frame the service sends in mid-stream.
 */
export type Step =
  | { text: string; chunks?: number; delayMs?: number }
  | { thinking: string; chunks?: number; delayMs?: number }
  | { toolCall: { name: string; input: unknown; id?: string } }
  | { usage: DoubleUsage }
  | { finish: 'length' | 'content-filter' }
  | { wait: number }
  | { error: DoubleErrorKind; retryAfter?: number }
  /** Answers nothing more and keeps the connection open until the client goes or the double closes. */
  | { hang: true }
  /** Destroys the connection at once. */
  | { drop: true }
  /** Destroys the connection once this many bytes of the body were written. Put it first. */
  | { dropAfterBytes: number }
  /** Ends the body cleanly, but without the service's sign of completion. */
  | { endEarly: true }
  /** Writes these characters into the body as they are. */
  | { garbage: string }
  /** Writes a whole body as it is, in pieces that end at these bytes, and ends. Put it first. */
  | { recorded: string | Buffer; cuts?: number[]; contentType?: string; headers?: Record<string, string> }
  /** Answers with this status and body. Put it first. */
  | { refuse: number; body: unknown; headers?: Record<string, string> }
  /** Answers with a redirect. Put it first. */
  | { redirect: string };

export type Script = Step[];

export interface NormalisedMessage {
  role: 'system' | 'user' | 'assistant' | 'tool';
  text: string;
  toolCalls?: { id: string; name: string; input: unknown }[];
  toolResults?: { id: string; text: string }[];
  /** Base64 or URLs, as they came. */
  images?: string[];
}

/** A chat request in provider-neutral form. */
export interface NormalisedRequest {
  model: string;
  system: string;
  messages: NormalisedMessage[];
  tools: string[];
  maxOutputTokens: number | undefined;
  /** The body as it came. */
  raw: Record<string, unknown>;
}

/** Texts to be made vectors of, in provider-neutral form. */
export interface EmbeddingRequest {
  model: string;
  texts: string[];
  /** What the texts are, where the request says it. */
  taskType?: string | undefined;
}

export interface RecordedRequest {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: unknown;
  /** Set when it is a valid chat request. */
  chat?: NormalisedRequest;
  /** Set when it is a valid request for vectors. */
  embedding?: EmbeddingRequest;
  /** `performance.now()` at arrival. */
  at: number;
}

export interface DoubleModel {
  id: string;
  displayName?: string;
  tools?: boolean;
  vision?: boolean;
  /** False for models that cannot chat (embeddings, speech), which real lists contain too. */
  chat?: boolean;
  contextWindow?: number;
  /** False for models that refuse to be told how much to think, where the service has such. */
  thinking?: boolean;
  /** How many numbers its vectors have; 256 unless told. */
  dimensions?: number;
}

export type Responder = Script | ((request: NormalisedRequest, index: number) => Script | Promise<Script>);
