import { asc } from 'drizzle-orm';
import * as z from 'zod';
import { approvals, auditEntries } from '../../server/db/schema/index.ts';
import type { RunRequest, RuntimeEvent } from '../../server/runtime/agent-runtime.ts';
import type { ToolGate } from '../../server/tools/tool-gate.ts';
import type { Tool } from '../../server/tools/tool.ts';
import { createTestDatabase } from '../create-test-app.ts';
import type { ChatClient } from './chat-client.ts';
import { createPersonAndAgent, startChatReplica, type ChatReplica } from './chat-replica.ts';
import { createScriptedRuntime, lastText, model, say, usage } from './scripted-runtime.ts';
import { revealed } from '../test-database.ts';

type ReplicaOptions = Partial<Parameters<typeof startChatReplica>[0]>;

/** Replicas on a database of their own whose agent calls a tool that asks first, `writer`, and one that does not. */
export interface ApprovalScene {
  /** What the tools did, with what they were given. */
  executed: object[];
  /** Tools wait for this before they end. */
  gate: Promise<void> | undefined;
  userId: string;
  agentId: string;
  start(options?: ReplicaOptions): Promise<ChatReplica>;
  /** The first replica, a person with an agent, and their socket. */
  open(options?: ReplicaOptions): Promise<{ replica: ChatReplica; client: ChatClient }>;
  decide(client: ChatClient, approvalId: string | undefined, decision: 'approve' | 'deny', more?: object): void;
  end(): Promise<void>;
}

export async function createApprovalScene(): Promise<ApprovalScene> {
  const database = await createTestDatabase();
  const started: ChatReplica[] = [];
  const scene: ApprovalScene = {
    executed: [],
    gate: undefined,
    userId: '',
    agentId: '',
    async start(options = {}) {
      const runtime = createScriptedRuntime((request, signal) => script(replica.gate, request, signal));
      const replica = await startChatReplica({
        databaseUrl: database.url,
        runtime,
        tools: [toolOf(scene, 'writer', 'powerful'), toolOf(scene, 'reader', 'safe')],
        ...options,
        timings: { thinking: 200, ...options.timings },
      });
      started.push(replica);
      return replica;
    },
    async open(options = {}) {
      const replica = await scene.start(options);
      Object.assign(scene, await createPersonAndAgent(replica.database));
      return { replica, client: await replica.connect(scene.userId) };
    },
    decide: (client, approvalId, decision, more = {}) =>
      client.send({ type: 'approval', agentId: scene.agentId, approvalId, decision, ...more }),
    async end() {
      for (const replica of started) await replica.stop();
      await database.drop();
    },
  };
  return scene;
}

const input = z.strictObject({ path: z.string(), mode: z.string().default('append') });

function toolOf(scene: ApprovalScene, id: string, category: Tool['category']): Tool {
  const tool: Tool<z.output<typeof input>> = {
    id,
    title: id,
    description: id,
    category,
    integration: null,
    input,
    timeLimit: 20_000,
    resultLimit: 1_000,
    async execute(value) {
      scene.executed.push({ id, ...value });
      await scene.gate;
      return { text: `${id} did ${value.path}`, summary: `Did ${value.path}` };
    },
    auditInput: ({ path }) => ({ path }),
  };
  return tool as Tool;
}

/** `writer a, reader b` calls both; any other message is echoed. After calls it says what they gave. */
async function* script(gate: ToolGate, request: RunRequest, signal: AbortSignal): AsyncGenerator<RuntimeEvent> {
  const last = request.messages.at(-1)!;
  if (last.role === 'assistant') {
    return yield* say(`After step ${request.stepsUsed}: ${last.toolCalls.map(({ output }) => output).join(' | ')}`);
  }
  if (!/^(writer|reader) /.test(last.text)) return yield* say(`Echo: ${lastText(request)}`);
  yield { type: 'text-delta', text: 'I will. ' };
  let isWaiting = false;
  for (const [index, part] of last.text.split(', ').entries()) {
    const [name, path] = part.split(' ') as [string, string];
    const call = { toolCallId: `call-${index}`, name, input: { path } };
    yield { type: 'tool-start', ...call };
    const { agentId: agent, userId: user, conversationId, runId } = request;
    const who = { agentId: agent, userId: user, conversationId, runId };
    const outcome = await gate.call({ ...who, ...call, toolId: name, signal });
    if (outcome.state === 'approval') {
      isWaiting = true;
      const { approvalId, expiresAt } = outcome;
      yield { type: 'tool-approval', ...call, input: outcome.input, approvalId, expiresAt };
    } else yield { type: 'tool-end', ...call, ...outcome };
  }
  yield { type: 'step-end', usage, model };
  yield isWaiting
    ? { type: 'finish', reason: 'approval', continuation: { kept: 'signature' } }
    : { type: 'finish', reason: 'stop' };
}

export const waiting = (client: ChatClient, toolCallId = 'call-0') =>
  client.next('tool', (tool) => tool.state === 'approval' && tool.toolCallId === toolCallId);

export const stateOf = async (replica: ChatReplica) => (await replica.database.db.select().from(approvals))[0]?.state;

export async function trailOf(replica: ChatReplica) {
  const { db } = replica.database;
  const rows = await revealed(db, db.select().from(auditEntries).orderBy(asc(auditEntries.id)));
  return rows.map(({ eventType, actorType, actorId, resource, detail }) => ({
    eventType,
    actor: actorType === 'system' ? 'system' : `${actorType}:${actorId}`,
    resource,
    detail,
  }));
}
