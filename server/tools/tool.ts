import type * as z from 'zod';
import type { PluginConfig } from '../../contract/agents.ts';
import type { Preview } from './proposal.ts';

/** Which part of the run a tool call belongs to; identifies who is really asking. */
export interface ToolContext {
  agentId: string;
  /** The person the agent works for in this conversation. */
  userId: string;
  conversationId: string;
  runId: string;
  toolCallId: string;
  /** Where uploads/ and workbench/ of this agent lie on the host. */
  workspaceDirectory: string;
  /** The agent's `pluginConfig` as the database has it at call time. */
  pluginConfig: PluginConfig;
  /** Numbers what the agent may cite; without it nothing can be cited later. */
  citations?: Citations;
  /** Aborts when the run is stopped or the call's time limit is reached. */
  signal: AbortSignal;
}

/** A passage of a document that a tool returned. */
export interface CitedPassage {
  /** As the tools know it; of a web page, its address. */
  path: string;
  /** For people: `page 3`. */
  place: string;
  text: string;
}

export interface Citations {
  /**
   * The number by which the conversation knows this passage from now on; the same one gets the same number. Those that are
   * asked for together are numbered together, in their order.
   */
  number(passage: CitedPassage): number | Promise<number>;
}

/** A picture for a model that sees: where it lies. Its bytes are loaded when a model is asked, and kept nowhere else. */
export interface ImageReference {
  mediaType: string;
  /** The virtual path by which the agent's file tools know it. */
  path: string;
  /** SHA-256 of the bytes that were meant, in hexadecimal; missing for an upload, which never changes. */
  sha256?: string;
  bytes: number;
}

export interface ToolResult {
  /** What the model reads. */
  text: string;
  /** One short line a person reads on the tool's card, such as "Read 120 lines of handbook.md". */
  summary: string;
  images?: ImageReference[];
  /** Facts for the audit trail: paths, counts, ids. Never contents. */
  audit?: Record<string, unknown>;
}

/** Thrown by a tool for a mistake the model can mend; its message is given to the model and the person. */
export class ToolError extends Error {
  override name = 'ToolError';
}

/** Thrown when directory, model or domain scopes forbid the call: audited as `tool.denied`. */
export class ToolDenied extends Error {
  override name = 'ToolDenied';
}

/** A tool as a value. The registry is the one list that API, permissions page and runtimes read. */
export interface Tool<Input = unknown> {
  /** Stable, `[a-z0-9_]`. */
  id: string;
  title: string;
  description: string;
  category: 'safe' | 'powerful';
  /** The type of the connection it needs, if any. */
  integration: 'odoo' | 'web-search' | null;
  /** What it does cannot be taken back: an admin is told so who lets people allow it for a whole conversation. */
  destructive?: true;
  /** True for tools of personal agents only: they cannot be granted to others, and a call by others is denied. */
  personal?: boolean;
  input: z.ZodType<Input>;
  /** The longest a call may run, in milliseconds. */
  timeLimit: number;
  /** The largest text handed to the model, in characters; longer text is cut with a note. */
  resultLimit: number;
  /** Throws ToolDenied when the input lies outside the agent's scopes. Runs before `execute`, which must check again what it opens. */
  checkScope?(input: Input, context: ToolContext): Promise<void> | void;
  /**
   * What the call would do, for the person who decides; changes nothing. Throws ToolError or ToolDenied for what would be
   * refused anyway, so that nobody is asked about it. Runs after `checkScope`, for calls that ask first; and again before an
   * approved one is made, which must then find the same.
   */
  preview?(input: Input, context: ToolContext): Promise<Preview>;
  execute(input: Input, context: ToolContext): Promise<ToolResult>;
  /** What of the input may stand in the audit trail: paths and ids, never contents. */
  auditInput(input: Input): Record<string, unknown>;
}
