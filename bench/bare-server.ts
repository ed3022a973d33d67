import Fastify from 'fastify';
import type { AddressInfo } from 'node:net';
import { createAuditReader } from '../server/audit/query.ts';
import { connectDatabase } from '../server/db/client.ts';
import { presentAgent } from '../server/features/agents/agent.presenter.ts';
import { findAgentActor, listAgents } from '../server/features/agents/agent.queries.ts';

// The least that these endpoints could be: Fastify, the same queries, the same body. No session, no rules, no headers.

const [databaseUrl = '', userId = ''] = process.argv.slice(2);
const { db } = connectDatabase(databaseUrl);
const audit = createAuditReader(db);
const app = Fastify();
app.get('/api/agents', async () => {
  const [viewer, agents] = await Promise.all([findAgentActor(db, userId), listAgents(db)]);
  return viewer && agents.map((agent) => presentAgent(viewer, agent));
});
app.get('/api/audit', () => audit.list({ page: 1, limit: 50 }, userId));
await app.listen({ host: '127.0.0.1', port: 0 });
process.send?.(`http://127.0.0.1:${(app.server.address() as AddressInfo).port}`);
