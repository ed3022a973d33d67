import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { asc } from 'drizzle-orm';
import { auditEntries, conversations } from '../server/db/schema/index.ts';
import { createLogger } from '../server/platform/logger.ts';
import { createExclusiveWork } from '../server/db/exclusive-work.ts';
import { createOdooConnector } from '../server/tools/odoo/odoo-client.ts';
import { createOdooTools } from '../server/tools/odoo/odoo-tools.ts';
import { createToolGate, type ToolCallOutcome, type ToolCallWaiting } from '../server/tools/tool-gate.ts';
import { createToolRegistry } from '../server/tools/tool-registry.ts';
import { createWebTools } from '../server/tools/web/web-tools.ts';
import {
  defaultUser,
  odooKey,
  startOdooDouble,
  type OdooDouble,
  type OdooUser,
} from '../testkit/odoo-double/odoo-double.ts';
import type { TestApp, TestUser } from './create-test-app.ts';
import { revealed } from './test-database.ts';

export const credentialsFor = (odoo: Pick<OdooDouble, 'url'>, changes: object = {}) => ({
  url: odoo.url,
  db: 'production',
  login: 'api@example.com',
  apiKey: odooKey,
  ...changes,
});

/** A connection that was synchronised, and its id. */
export async function connectOdoo(admin: TestUser, odoo: OdooDouble, name = 'Production Odoo'): Promise<string> {
  const body = { type: 'odoo', name, credentials: credentialsFor(odoo) };
  const created = await admin.request('POST', '/api/integrations', body);
  if (created.status !== 201) throw new Error(`Connecting failed: ${created.status} ${created.text}`);
  const synced = await admin.request('POST', `/api/integrations/${created.body.id}/sync`);
  if (synced.status !== 200) throw new Error(`Synchronising failed: ${synced.status} ${synced.text}`);
  return created.body.id as string;
}

export interface AgentAtWork {
  agentId: string;
  conversationId: string;
  call(
    toolId: string,
    input: unknown,
    options?: { conversationId?: string; onOtherServer?: boolean },
  ): Promise<ToolCallOutcome>;
  /** The same where the tool asks a person first. */
  ask(toolId: string, input: unknown): Promise<ToolCallOutcome | ToolCallWaiting>;
  newConversation(): Promise<string>;
  /** What the agent left in the trail, oldest first. */
  trail(): Promise<{ eventType: string; outcome: string; error: string | null; detail: Record<string, unknown> }[]>;
}

/** A shared agent with these tools whose calls go through a real tool gate on the app's own database. */
export async function createAgentAtWork(
  { services, home, dataRoot }: TestApp,
  admin: TestUser,
  options: { tools: string[]; pluginConfig?: object; braveApiUrl?: string; allowPrivate?: boolean },
): Promise<AgentAtWork> {
  const body = {
    name: 'Worker',
    templateId: 'custom',
    allowedTools: options.tools,
    pluginConfig: options.pluginConfig ?? {},
  };
  const created = await admin.request('POST', '/api/agents', body);
  if (created.status !== 201) throw new Error(`Creating failed: ${created.status} ${created.text}`);
  const agentId = created.body.id as string;
  const { db } = services.database;
  const { odooAccess, findSearchKey } = services.agentIntegrations;
  const policy = { allowPrivate: options.allowPrivate ?? true };
  // The websites of tests are on this machine.
  const webPolicy = { ...policy, allowThisMachine: policy.allowPrivate };
  const createGateway = (asks = false) =>
    createToolGate({
      signals: services.signals,
      registry: createToolRegistry([
        ...createOdooTools({
          access: odooAccess,
          connector: createOdooConnector(policy),
          exclusively: createExclusiveWork(services.database.pool),
          dataRoot,
        }),
        ...createWebTools({
          braveApiUrl: options.braveApiUrl ?? 'http://127.0.0.1:1',
          findSearchKey,
          policy: webPolicy,
        }),
      ]),
      audit: services.audit,
      async findGrant(who) {
        const grant = await services.agentDirectory.findGrant(who);
        if (asks) return grant;
        // Approval is proved elsewhere; here no call waits for a person.
        return grant && { ...grant, pluginConfig: { ...grant.pluginConfig, ask_first: [] } };
      },
      workspaceRoot: join(home, 'workspaces'),
      log: createLogger('silent'),
    });
  const newConversation = async () => {
    const [row] = await db
      .insert(conversations)
      .values({ agentId, userId: admin.id })
      .returning({ id: conversations.id });
    return row?.id as string;
  };
  const conversationId = await newConversation();
  const here = createGateway();
  const elsewhere = createGateway();
  const asking = createGateway(true);
  return {
    agentId,
    conversationId,
    newConversation,
    async call(toolId, input, { onOtherServer = false, ...changes } = {}) {
      const toolGate = onOtherServer ? elsewhere : here;
      const outcome = await toolGate.call({
        agentId,
        userId: admin.id,
        conversationId,
        runId: randomUUID(),
        toolCallId: 'call-1',
        toolId,
        input,
        signal: new AbortController().signal,
        ...changes,
      });
      if (!('output' in outcome)) throw new Error('The call waits for a person.');
      return outcome;
    },
    ask: (toolId, input) =>
      asking.call({
        agentId,
        userId: admin.id,
        conversationId,
        runId: randomUUID(),
        toolCallId: 'call-1',
        toolId,
        input,
        signal: new AbortController().signal,
      }),
    async trail() {
      const rows = await revealed(db, db.select().from(auditEntries).orderBy(asc(auditEntries.id)));
      return rows
        .filter((row) => row.actorId === agentId)
        .map(({ eventType, outcome, error, detail }) => ({ eventType, outcome, error, detail }));
    },
  };
}

/** The three protocols: XML-RPC where a proxy lets nothing else through, JSON-RPC, and JSON-2 from 19 on. */
export const odooVariants = [
  { version: '16.0', onlyXmlRpc: true },
  { version: '17.0', onlyXmlRpc: false },
  { version: '19.0', onlyXmlRpc: false },
];

/** An Odoo of its own, a synchronised connection to it, and an agent with every Odoo tool but no permission yet. */
export interface OdooAtWork {
  odoo: OdooDouble;
  /** The Odoo user of the connection; its rights may be changed at any time. */
  user: OdooUser;
  agent: AgentAtWork;
  connectionId: string;
  allow(body: object): Promise<unknown>;
  fullOn(...models: string[]): Promise<unknown>;
}

const odooTools = [
  'odoo_list_models',
  'odoo_describe_model',
  'odoo_read',
  'odoo_count',
  'odoo_aggregate',
  'odoo_create',
  'odoo_write',
  'odoo_delete',
  'odoo_attach_file',
  'odoo_confirm_quotation',
  'odoo_validate_delivery',
  'odoo_post_bill',
  'odoo_register_payment',
  'odoo_schedule_activity',
  'odoo_close_activity',
  'odoo_send_message',
];

export async function startOdooAtWork(
  server: TestApp,
  admin: TestUser,
  options: { version: string; companies?: string[]; onlyXmlRpc?: boolean; user?: Partial<OdooUser> },
): Promise<OdooAtWork> {
  const user: OdooUser = { ...defaultUser, denied: {}, ...options.user };
  const odoo = await startOdooDouble({ ...options, users: [user] });
  const connectionId = await connectOdoo(admin, odoo);
  const agent = await createAgentAtWork(server, admin, { tools: odooTools });
  const allow = (body: object) =>
    admin.request('PATCH', `/api/agents/${agent.agentId}/integrations`, { connectionId, enabled: true, ...body });
  return { odoo, user, agent, connectionId, allow, fullOn: (...models) => allow({ accessLevel: 'full', models }) };
}
