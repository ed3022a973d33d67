import { AppError } from '../../server/platform/errors.ts';
import { randomUUID } from 'node:crypto';
import type { AddressInfo, Socket } from 'node:net';
import type { Pool } from 'pg';
import { WebSocketServer } from 'ws';
import { createRecorder } from '../../server/audit/record.ts';
import { createChat, type Chat, type ChatOptions } from '../../server/chat/chat.ts';
import { connectDatabase, type OpenDatabase } from '../../server/db/client.ts';
import { agents as agentTable, sessions, users } from '../../server/db/schema/index.ts';
import { createStorageQuota } from '../../server/db/storage-quota.ts';
import { createSignals, type Signals } from '../../server/db/signals.ts';
import { createTitleQueue } from '../../server/chat/runs/conversation-titles.ts';
import { createReadingQueue } from '../../server/chat/sockets/reading-queue.ts';
import { createRateLimiter } from '../../server/db/rate-limiter.ts';
import { createToolGate, type ToolGate } from '../../server/tools/tool-gate.ts';
import { createToolRegistry } from '../../server/tools/tool-registry.ts';
import type { Tool } from '../../server/tools/tool.ts';
import { createLogger } from '../../server/platform/logger.ts';
import { connectClient, type ChatClient } from './chat-client.ts';
import { createScriptedRuntime, type ScriptedRuntime } from './scripted-runtime.ts';

export interface ChatReplica {
  chat: Chat;
  runtime: ScriptedRuntime;
  gate: ToolGate;
  /** Tools that were taken away. */
  revoked: Set<string>;
  database: OpenDatabase;
  signals: Signals;
  replicaId: string;
  /** Users that may not use any agent. */
  outsiders: Set<string>;
  /** Users that may edit every agent. */
  editors: Set<string>;
  /** Session tokens that do not count any more. */
  ended: Set<string>;
  url: string;
  connect(userId: string): Promise<ChatClient>;
  /** Ends without a word, as a killed process does. */
  kill(): Promise<void>;
  stop(graceMs?: number): Promise<void>;
}

/** The real chat on a real database and real sockets; the runtime, and who may use what, are the test's. */
export async function startChatReplica(options: {
  databaseUrl: string;
  runtime?: ScriptedRuntime;
  /** The tools under the real gate, all granted; powerful ones ask first. */
  tools?: Tool[];
  approvalLifetimeMs?: number;
  messagesPerMinute?: number;
  bytesPerPerson?: number;
  reading?: ChatOptions['reading'];
  limits?: ChatOptions['limits'];
  timings?: ChatOptions['timings'];
  priceUsage?: ChatOptions['priceUsage'];
  /** Writes titles; without it that is switched off. */
  writeTitle?: ChatOptions['titles']['writeTitle'];
}): Promise<ChatReplica> {
  const { databaseUrl, runtime = createScriptedRuntime() } = options;
  const log = createLogger(process.env['LOG_LEVEL'] ?? 'silent');
  const database = connectDatabase(databaseUrl, { maxConnections: 10 });
  const outsiders = new Set<string>();
  const editors = new Set<string>();
  const ended = new Set<string>();
  const signals = createSignals({
    db: database.db,
    databaseUrl,
    log,
    async holdAuthority(_tx, { sessionToken }) {
      if (sessionToken !== null && ended.has(sessionToken)) {
        throw new AppError('unauthenticated', 'Your session has ended.');
      }
    },
  });
  await signals.start();
  const replicaId = randomUUID();
  const record = createRecorder({ keys: { current: { id: 'test', secret: 'test audit secret of 32 characters..' } } });
  const revoked = new Set<string>();
  const tools = options.tools ?? [];
  const gate = createToolGate({
    signals,
    registry: createToolRegistry(tools),
    audit: { record },
    findGrant: async () => ({
      allowedTools: tools.map(({ id }) => id).filter((id) => !revoked.has(id)),
      pluginConfig: {},
      isPersonal: false,
    }),
    workspaceRoot: '/workspaces',
    ...(options.approvalLifetimeMs !== undefined && { approvalLifetimeMs: options.approvalLifetimeMs }),
    log,
  });
  const chat = createChat({
    signals,
    db: database.db,
    audit: { record },
    runtime,
    agents: {
      findUsable: async (userId, agentId) =>
        outsiders.has(userId) ? undefined : { id: agentId, name: 'Agent', stopped: false },
      findPersonalOwner: async () => undefined,
      mayEdit: async (userId) => editors.has(userId),
      describeForRun: async () => ({
        model: 'ollama-local/scripted',
        fallbackModel: null,
        settings: { reasoningEffort: null, temperature: null, maxOutputTokens: null },
        system: 'You are a test.',
        toolIds: [],
        stopped: false,
      }),
    },
    sessions: { current: async (token) => (ended.has(token) ? undefined : { userId: token }) },
    tools: gate,
    resolveModel: async (reference) => (reference.startsWith('ollama-local/') ? reference : undefined),
    onSaid: () => undefined,
    messageLimiter: createRateLimiter({
      name: 'message',
      points: options.messagesPerMinute ?? 60,
      seconds: 60,
      secret: 'test',
      pool: database.pool,
    }),
    priceUsage: options.priceUsage ?? (async () => null),
    spending: {
      settle: () => undefined,
      charge: () => undefined,
      chargeLost: async () => undefined,
      forget: () => undefined,
    },
    quota: createStorageQuota(options.bytesPerPerson ?? 1024 ** 3),
    uploads: { forgetSaid: async () => async () => undefined },
    reading: options.reading ?? createReadingQueue(),
    titles: {
      isSwitchedOn: async () => options.writeTitle !== undefined,
      writeTitle: options.writeTitle ?? (() => Promise.reject(new Error('No titles here.'))),
      queue: createTitleQueue(),
    },
    beginUrgent: () => () => undefined,
    replicaId,
    connect: () => database.pool.connect(),
    log,
    ...(options.limits && { limits: options.limits }),
    timings: {
      persist: 20,
      follow: 20,
      heartbeat: 200,
      replicaGone: 500,
      replicaDead: 60_000,
      approvals: 50,
      ...options.timings,
    },
  });
  await chat.start();
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, maxPayload: 1024 * 1024 });
  await new Promise((resolve) => server.once('listening', resolve));
  server.on('connection', (socket, request) => {
    const userId = String(request.headers['x-user']);
    const seat = chat.reserveSocket(userId);
    if (!seat) return socket.close(4429);
    chat.acceptSocket(socket, { userId, sessionToken: userId, seat, stream: request.socket });
  });
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let isOver = false;

  async function closeAll(): Promise<void> {
    isOver = true;
    for (const client of server.clients) client.terminate();
    await new Promise((resolve) => server.close(resolve));
    await signals.stop();
    await database.close().catch(() => undefined);
  }

  return {
    chat,
    runtime,
    gate,
    revoked,
    database,
    signals,
    replicaId,
    outsiders,
    editors,
    ended,
    url,
    connect: (userId) => connectClient(url, { 'x-user': userId }),
    async kill() {
      isOver = true;
      cutConnections(database.pool);
      await signals.stop();
      for (const client of server.clients) client.terminate();
      server.close();
    },
    async stop(graceMs = 0) {
      if (isOver) return;
      await chat.stop(graceMs);
      await closeAll();
    },
  };
}

/** What a kill does: every connection is gone in the middle of whatever it did, and no new one comes. */
function cutConnections(pool: Pool): void {
  const { _clients: clients } = pool as unknown as { _clients: { connection: { stream: Socket } }[] };
  const killed = new Error('This process was killed.');
  pool.connect = ((callback?: (error: Error) => void) =>
    callback ? callback(killed) : Promise.reject(killed)) as never;
  for (const client of clients) client.connection.stream.destroy();
}

/** A person and an agent of their own, straight into the tables. */
export async function createPersonAndAgent(database: OpenDatabase): Promise<{ userId: string; agentId: string }> {
  const [user] = await database.db
    .insert(users)
    .values({ name: 'Ada', email: `${randomUUID()}@example.com` })
    .returning({ id: users.id });
  const [agent] = await database.db
    .insert(agentTable)
    .values({ name: 'Agent', templateId: 'custom', allowedTools: [], pluginConfig: {} })
    .returning({ id: agentTable.id });
  await database.db
    .insert(sessions)
    .values({ userId: user!.id, token: user!.id, expiresAt: new Date(Date.now() + 3_600_000) });
  return { userId: user!.id, agentId: agent!.id };
}
