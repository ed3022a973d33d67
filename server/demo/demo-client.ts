import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import type { ServerFrame } from '../../contract/socket.ts';

/** A signed-in person, over HTTP and the chat socket like any browser. */
export interface DemoClient {
  request<Answer>(method: string, path: string, body?: unknown): Promise<Answer>;
  /** Says the messages one after the other, each once the answer to the one before is complete. */
  chat(agentId: string, messages: string[]): Promise<void>;
}

const answerTimeoutMs = 30_000;

export async function signIn(url: string, person: { email: string; password: string }): Promise<DemoClient> {
  const answer = await post(`${url}/api/auth/sign-in/email`, person);
  const cookie = answer.headers
    .getSetCookie()
    .map((header) => header.split(';')[0])
    .join('; ');
  return {
    async request<Answer>(method: string, path: string, body?: unknown) {
      const response = await send(`${url}${path}`, { method, body, cookie });
      return (await response.json()) as Answer;
    },
    async chat(agentId, messages) {
      const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/api/ws`, { headers: { cookie } });
      try {
        await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
        for (const content of messages) await exchange(socket, agentId, content);
      } finally {
        socket.close();
      }
    },
  };
}

function exchange(socket: WebSocket, agentId: string, content: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (reason: string) => end(() => reject(new Error(`The demo conversation failed: ${reason}`)));
    const timer = setTimeout(() => fail(`no answer to "${content}"`), answerTimeoutMs);
    const hear = (data: Buffer) => {
      const frame = JSON.parse(data.toString('utf8')) as ServerFrame;
      if (frame.type === 'error') fail(frame.message);
      else if (frame.type === 'complete') end(resolve);
    };
    const close = () => fail('the socket was closed');
    const end = (settle: () => void) => {
      clearTimeout(timer);
      socket.off('message', hear).off('close', close);
      settle();
    };
    socket.on('message', hear).on('close', close);
    socket.send(JSON.stringify({ type: 'message', agentId, content, clientMessageId: randomUUID() }));
  });
}

export const post = (url: string, body: unknown): Promise<Response> => send(url, { method: 'POST', body });

async function send(url: string, request: { method: string; body?: unknown; cookie?: string }): Promise<Response> {
  const response = await fetch(url, {
    method: request.method,
    headers: {
      ...(request.body !== undefined && { 'content-type': 'application/json' }),
      ...(request.cookie !== undefined && { cookie: request.cookie }),
    },
    ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
  });
  if (response.ok) return response;
  throw new Error(`${request.method} ${url} answered ${response.status}: ${await response.text()}`);
}
