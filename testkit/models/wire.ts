import type { IncomingMessage } from 'node:http';
import type { DoubleErrorKind, DoubleModel, DoubleUsage, EmbeddingRequest, NormalisedRequest } from './script.ts';

/** A whole answer that is not a stream. */
export interface PlainReply {
  status: number;
  headers?: Record<string, string>;
  body: unknown;
}

/** Turns the steps of a script into one service's frames; keeps the state of one answer. */
export interface Encoder {
  contentType: string;
  start(): string;
  text(delta: string): string;
  thinking(delta: string): string;
  toolCall(call: { id: string; name: string; input: unknown }): string;
  /** The last frames, with the usage. */
  finish(options: { usage: DoubleUsage; reason: 'stop' | 'tool-calls' | 'length' | 'content-filter' }): string;
  /** The frame this service sends when it fails in mid-stream. */
  error(kind: DoubleErrorKind): string;
}

export type Routed =
  | { kind: 'plain'; reply: PlainReply }
  | { kind: 'list'; reply: PlainReply }
  | { kind: 'embedding'; request: EmbeddingRequest; reply(vectors: number[][], tokens: number): PlainReply }
  | { kind: 'chat'; request: NormalisedRequest; encoder: Encoder };

export interface WireRequest {
  message: IncomingMessage;
  url: URL;
  body: Record<string, unknown>;
  /** False when the body was there but was not a JSON object. */
  bodyIsValid: boolean;
}

export interface WireContext {
  models: DoubleModel[];
  /** The only key that is accepted; undefined accepts any that is not empty. */
  apiKey: string | undefined;
  /** It is a proxy in front of the service: it has an incomplete list, any names, and Chat Completions only. */
  isProxy: boolean;
}

/** One service's paths, checks and frames. */
export interface Wire {
  /** What follows the host in the base URL a client is configured with. */
  basePath: string;
  defaultModels: DoubleModel[];
  route(request: WireRequest, context: WireContext): Routed;
  /** The HTTP error this service answers with before a stream starts. */
  httpError(kind: DoubleErrorKind, details: { model?: string; retryAfter?: number }): PlainReply;
}

export function plain(status: number, body: unknown, headers?: Record<string, string>): Routed {
  return { kind: 'plain', reply: headers ? { status, body, headers } : { status, body } };
}

export function bearerOf(message: IncomingMessage): string {
  return /^Bearer (.+)$/.exec(message.headers.authorization ?? '')?.[1] ?? '';
}

export function sse(event: { type: string } & Record<string, unknown>): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function records(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

/** Undefined for what is no list of texts. */
export function textsOf(value: unknown): string[] | undefined {
  return Array.isArray(value) && value.every((text) => typeof text === 'string') ? value : undefined;
}

export function stringOf(value: unknown): string {
  return typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value);
}
