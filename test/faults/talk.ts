import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { ChatClient } from '../chat/chat-client.ts';
import { query } from '../test-database.ts';
import type { Visitor } from './visitor.ts';

/** Says something every 100 ms, on a new socket where the old one was closed. Resolves to the sockets it had. */
export async function talk(options: {
  connect: () => Promise<ChatClient>;
  agentId: string;
  isOver: () => boolean;
}): Promise<ChatClient[]> {
  const { connect, agentId, isOver } = options;
  const clients: ChatClient[] = [];
  let isOpen = false;
  for (let turn = 0; !isOver(); turn++) {
    if (!isOpen) {
      const client = await connect().catch(() => undefined);
      if (client) {
        clients.push(client);
        isOpen = true;
        void client.closed.then(() => (isOpen = false));
      }
    }
    if (isOpen) clients.at(-1)!.say(agentId, `turn ${turn}`);
    await sleep(100);
  }
  return clients;
}

/** Everything that these sockets were told is stored is stored. Returns how much that is. */
export async function expectAcknowledged(databaseUrl: string, clients: ChatClient[]): Promise<number> {
  const stored = await query<{ id: string }>(databaseUrl, `select id from messages where role = 'user'`);
  const acknowledged = clients.flatMap((client) => client.all('ack').map(({ messageId }) => messageId));
  expect(stored.map(({ id }) => id)).toEqual(expect.arrayContaining(acknowledged));
  return acknowledged.length;
}

/** Nothing stays half done, and the trail verifies. */
export async function expectWhole(
  { databaseUrl, visitor, server }: { databaseUrl: string; visitor: Visitor; server: { readonly url: string } },
  timeout: number,
): Promise<void> {
  const open = () => query(databaseUrl, `select state from runs where state in ('queued', 'running', 'waiting')`);
  await expect.poll(open, { timeout, interval: 200 }).toEqual([]);
  expect(await query(databaseUrl, `select 1 from messages where state = 'streaming'`)).toEqual([]);
  const twice = `select message_id from runs group by message_id having count(*) > 1`;
  expect(await query(databaseUrl, twice)).toEqual([]);
  const verdict = await visitor.call(server, 'GET', '/api/audit/verify');
  expect(verdict.body).toMatchObject({ valid: true, invalidIds: [] });
}
