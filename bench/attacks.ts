import { get } from 'node:http';
import { connect } from 'node:net';
import { WebSocket } from 'ws';
import { openChat } from './chat-client.ts';
import type { BenchUser } from './stage.ts';

/** What somebody does, again and again until the signal aborts, to have the server for themselves. */
export type Attack = (signal: AbortSignal) => Promise<void>;

export interface AttackSetup {
  url: string;
  members: BenchUser[];
  /** Has a conversation of 24 MB with each member's default one. */
  agentId: string;
  /** May read `/data/docs`; "Read the heavy ones." has it read `heavy.pdf` three times at once. */
  readerId: string;
}

/** So many at once, each beginning anew when it has ended. */
async function crowd(count: number, signal: AbortSignal, work: (index: number) => Promise<unknown>): Promise<void> {
  await Promise.all(
    Array.from({ length: count }, async (_each, index) => {
      while (!signal.aborted) await work(index).catch(() => undefined);
    }),
  );
}

async function drain(url: string, signal: AbortSignal, init: RequestInit = {}): Promise<void> {
  const answer = await fetch(url, { ...init, signal });
  await answer.body?.pipeTo(new WritableStream());
}

const encodings = ['br', 'gzip', 'deflate', 'zstd'];

/** As it comes over the wire: `fetch` would unpack it. */
function take(url: string, encoding: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': encoding }, agent: false, signal }, (answer) => {
      answer.resume().once('close', resolve);
    }).once('error', reject);
  });
}

export function attacksOn({ url, members, agentId, readerId }: AttackSetup): Record<string, Attack> {
  const [attacker] = members as [BenchUser, ...BenchUser[]];
  const headers = { cookie: attacker.cookie };

  return {
    '100 fetches of the API reference': (signal) =>
      crowd(100, signal, (index) =>
        take(`${url}/api/docs/js/scalar.js`, encodings[index % encodings.length] ?? '', signal),
      ),
    'guesses from four addresses': (signal) =>
      crowd(100, signal, (index) =>
        drain(`${url}/api/auth/sign-in/email`, signal, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-forwarded-for': `198.51.100.${index % 4}` },
          body: JSON.stringify({ email: `person${index}@example.com`, password: 'a wrong password' }),
        }),
      ),
    '500 bodies that withhold a byte': async (signal) => {
      const { hostname, port, host } = new URL(url);
      const length = 64_000;
      const head = `POST /api/auth/sign-in/email HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;
      await crowd(500, signal, async () => {
        const socket = connect(Number(port), hostname);
        socket.on('error', () => undefined).write(head + ' '.repeat(length - 1));
        const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
        signal.addEventListener('abort', () => socket.destroy(), { once: true });
        socket.resume();
        await closed;
      });
    },
    'nine heavy PDFs of three members': async (signal) => {
      await Promise.all(
        members.slice(0, 3).map(async (member) => {
          const chat = await openChat(url, member.cookie);
          chat.say(readerId, 'Read the heavy ones.', () => undefined).catch(() => undefined);
          await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
          // Whoever only goes away still gets their answer, into the next attack.
          chat.abort(readerId);
          await new Promise((resolve) => setTimeout(resolve, 200));
          chat.close();
        }),
      );
    },
    '100 searches in 24 MB': (signal) =>
      crowd(100, signal, (index) => drain(`${url}/api/agents/${agentId}/chats?q=nowhere${index}`, signal, { headers })),
    '40 exports of 24 MB': (signal) =>
      crowd(40, signal, async () => {
        const chats = await fetch(`${url}/api/agents/${agentId}/chats`, { headers, signal });
        const [chat] = (await chats.json()) as { id: string }[];
        await drain(`${url}/api/agents/${agentId}/chats/${chat?.id}/export?format=json`, signal, { headers });
      }),
    '20 sockets of 49 history frames, opened and closed': (signal) =>
      crowd(20, signal, async () => {
        const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/api/ws`, { headers });
        await new Promise<void>((resolve, reject) => socket.once('open', resolve).once('error', reject));
        for (let index = 0; index < 49; index++) socket.send(JSON.stringify({ type: 'history', agentId }));
        await new Promise((resolve) => setTimeout(resolve, 200));
        socket.terminate();
      }),
  };
}
