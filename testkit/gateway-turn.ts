/** One run that an OpenClaw Gateway was asked for, and what it says of it. Shapes: OpenClaw 2026.9.6. */
export interface GatewayTurn {
  runId: string;
  sessionKey: string;
}

export interface GatewayFrame {
  event: string;
  payload: object;
}

/** What happens in a run, in order; a number is a pause in milliseconds. */
export type TurnEvent = ((turn: GatewayTurn) => GatewayFrame) | number;

const agent =
  (stream: string, data: object): TurnEvent =>
  ({ runId, sessionKey }) => ({
    event: 'agent',
    payload: { runId, sessionKey, stream, seq: 1, ts: Date.now(), data },
  });

/** Text grows, by its whole snapshots; `itemId` tells the parts of one message apart. */
export function says(...pieces: string[]): TurnEvent[] {
  return pieces.map((delta, index) =>
    agent('assistant', { text: pieces.slice(0, index + 1).join(''), delta, itemId: pieces.join('').slice(0, 12) }),
  );
}

/** A snapshot that does not go on from the one before. */
export const saysInstead = (text: string): TurnEvent =>
  agent('assistant', { text, delta: '', replace: true, itemId: 'replaced' });

export interface StoredMessage {
  text?: string;
  calls?: { id: string; name: string; arguments: object }[];
  stopReason?: string;
  usage?: { input: number; output: number } | null;
}

let messages = 0;

/** The message of a model call is in the transcript. */
export function stores({
  text = '',
  calls = [],
  stopReason,
  usage = { input: 10, output: 2 },
}: StoredMessage): TurnEvent {
  messages += 1;
  const messageId = `message-${messages}`;
  return ({ runId, sessionKey }) => ({
    event: 'session.message',
    payload: {
      sessionKey,
      messageId,
      message: {
        role: 'assistant',
        content: [...(text ? [{ type: 'text', text }] : []), ...calls.map((call) => ({ type: 'toolCall', ...call }))],
        stopReason: stopReason ?? (calls.length > 0 ? 'toolUse' : 'stop'),
        ...(usage && { usage: { ...usage, cacheRead: 0, cacheWrite: 0 } }),
        __openclaw: { runId },
      },
    },
  });
}

/** The result of a call is in the transcript. */
export const storesResult = (toolCallId: string, toolName: string, text: string, isError = false): TurnEvent => {
  messages += 1;
  const messageId = `message-${messages}`;
  return ({ sessionKey }) => ({
    event: 'session.message',
    payload: {
      sessionKey,
      messageId,
      message: { role: 'toolResult', toolCallId, toolName, isError, content: [{ type: 'text', text }] },
    },
  });
};

export const startsCall = (toolCallId: string, name: string, args: object): TurnEvent =>
  agent('tool', { phase: 'start', name, toolCallId, args });

export const endsCall = (toolCallId: string, name: string, text: string): TurnEvent =>
  agent('tool', {
    phase: 'result',
    name,
    toolCallId,
    isError: false,
    result: {
      content: [{ type: 'text', text }],
      details: { pinchy: { state: 'done', summary: 'Done' } },
    },
  });

const chat =
  (state: string, more: object): TurnEvent =>
  ({ runId, sessionKey }) => ({ event: 'chat', payload: { runId, sessionKey, seq: 9, state, ...more } });

/** The run is over. A gateway leaves the message out where it would show nothing. */
export const ends = (more: { text?: string; stopReason?: string } = {}): TurnEvent =>
  chat('final', {
    ...(more.stopReason && { stopReason: more.stopReason }),
    ...(more.text !== undefined && { message: { role: 'assistant', content: [{ type: 'text', text: more.text }] } }),
  });

export const isAborted = (stopReason: string): TurnEvent => chat('aborted', { stopReason });

export const fails = (more: object): TurnEvent => chat('error', more);
