import type { Method } from '../../contract/endpoint.ts';

/**
 * Who asks. `outside` and `inside` are members: not in, and in, the group of the restricted agent that `:id` and
 * `:agentId` stand for; `owner` is the member whose personal agent `own` rows ask for.
 */
export const callers = ['anonymous', 'outside', 'inside', 'owner', 'admin', 'licensedAdmin'] as const;
export type Caller = (typeof callers)[number];

/** What a row's path parameters stand for; `group`, `user`, `invite`, `upload` and `chat` are someone else's. */
export type Subject = 'restricted' | 'own' | 'group' | 'user' | 'invite' | 'nothing';

export interface MatrixRow {
  route: `${Method} /api/${string}`;
  subject?: Subject;
  query?: string;
  body?: unknown;
  /** The statuses in the order of `callers`. */
  expected: readonly [number, number, number, number, number, number];
}

const nobodysId = '0b0b0b0b-0b0b-4b0b-8b0b-0b0b0b0b0b0b';
const everybody = (status: number) => [status, status, status, status, status, status] as const;
const users = (status: number) => [401, status, status, status, status, status] as const;
const admins = (status: number) => [401, 403, 403, 403, status, status] as const;
const licensed = (status: number) => [401, 403, 403, 403, 403, status] as const;

/**
 * Every route and who gets what. Bodies of routes that would change what later rows rely on are left wrong on purpose:
 * 400 shows that the caller passed session, role and licence.
 */
export const accessMatrix: MatrixRow[] = [
  { route: 'GET /api/health', expected: everybody(200) },
  { route: 'GET /api/health/openclaw', expected: everybody(200) },
  { route: 'GET /api/setup/status', expected: everybody(200) },
  { route: 'POST /api/setup', body: {}, expected: everybody(400) },
  { route: 'POST /api/setup/provider', body: {}, expected: admins(400) },

  { route: 'GET /api/agents', expected: users(200) },
  { route: 'POST /api/agents', body: { name: 'New', templateId: 'custom' }, expected: admins(201) },
  { route: 'GET /api/agents/:id', subject: 'restricted', expected: [401, 404, 200, 404, 200, 200] },
  { route: 'GET /api/agents/:id', subject: 'own', expected: [401, 404, 404, 200, 200, 200] },
  {
    route: 'PATCH /api/agents/:id',
    subject: 'restricted',
    body: { tagline: 'Ours' },
    expected: [401, 404, 403, 404, 200, 200],
  },
  {
    route: 'PATCH /api/agents/:id',
    subject: 'own',
    body: { tagline: 'Mine' },
    expected: [401, 404, 404, 200, 200, 200],
  },
  {
    route: 'PATCH /api/agents/:id',
    subject: 'own',
    body: { allowedTools: [] },
    expected: [401, 404, 404, 403, 400, 400],
  },
  { route: 'DELETE /api/agents/:id', subject: 'own', expected: admins(400) },
  { route: 'DELETE /api/agents/:id', subject: 'nothing', expected: admins(404) },
  { route: 'GET /api/agents/:id/files/SOUL.md', subject: 'restricted', expected: [401, 404, 200, 404, 200, 200] },
  { route: 'GET /api/agents/:id/files/AGENTS.md', subject: 'own', expected: [401, 404, 404, 200, 200, 200] },
  {
    route: 'PUT /api/agents/:id/files/SOUL.md',
    subject: 'restricted',
    body: { content: 'Calm.' },
    expected: [401, 404, 403, 404, 200, 200],
  },
  {
    route: 'PUT /api/agents/:id/files/AGENTS.md',
    subject: 'own',
    body: { content: 'Be brief.' },
    expected: [401, 404, 404, 200, 200, 200],
  },
  { route: 'GET /api/agents/:id/about', subject: 'restricted', expected: [401, 404, 200, 404, 200, 200] },
  { route: 'GET /api/agents/:id/about', subject: 'own', expected: [401, 404, 404, 200, 200, 200] },
  { route: 'GET /api/agents/:id/versions', subject: 'restricted', expected: [401, 404, 403, 404, 200, 200] },
  { route: 'GET /api/agents/:id/versions', subject: 'own', expected: [401, 404, 404, 200, 200, 200] },
  {
    route: 'POST /api/agents/:id/versions/99/restore',
    subject: 'restricted',
    expected: [401, 404, 403, 404, 404, 404],
  },
  { route: 'POST /api/agents/:id/versions/1/restore', subject: 'own', expected: [401, 404, 404, 200, 200, 200] },
  { route: 'POST /api/agents/:id/stop', subject: 'nothing', expected: admins(404) },
  { route: 'POST /api/agents/:id/resume', subject: 'own', expected: admins(200) },
  // What the one does the other undoes.
  { route: 'POST /api/agents/stop', expected: admins(200) },
  { route: 'POST /api/agents/resume', expected: admins(200) },
  { route: 'POST /api/agents/:id/duplicate', subject: 'own', body: { name: 'Copy' }, expected: admins(400) },
  { route: 'POST /api/agents/:id/duplicate', subject: 'nothing', body: { name: 'Copy' }, expected: admins(404) },
  { route: 'GET /api/agents/use', expected: users(200) },
  { route: 'POST /api/doctor', expected: admins(200) },
  { route: 'GET /api/contacts', expected: users(200) },
  { route: 'GET /api/templates', expected: users(200) },
  { route: 'GET /api/tools', expected: users(200) },
  { route: 'GET /api/data-directories', expected: admins(200) },
  { route: 'POST /api/data-directories', body: { path: '/data/none/below' }, expected: admins(404) },
  { route: 'DELETE /api/data-directories', body: { path: '/data/none' }, expected: admins(404) },
  { route: 'GET /api/knowledge/documents', expected: admins(200) },
  { route: 'POST /api/knowledge/documents', query: 'directory=/data/none', body: {}, expected: admins(415) },
  { route: 'DELETE /api/knowledge/documents', query: 'path=/data/none', expected: admins(404) },

  { route: 'POST /api/knowledge/search', body: {}, expected: users(400) },
  { route: 'GET /api/knowledge', expected: admins(200) },
  { route: 'GET /api/knowledge/unreadable', expected: admins(200) },
  { route: 'POST /api/knowledge/reindex', body: { path: '/elsewhere' }, expected: admins(400) },
  { route: 'GET /api/settings/conversations', expected: admins(200) },
  { route: 'PUT /api/settings/conversations', body: {}, expected: admins(400) },
  { route: 'GET /api/settings/knowledge', expected: admins(200) },
  { route: 'PUT /api/settings/knowledge', body: {}, expected: admins(400) },
  { route: 'GET /api/settings/semantic-search', expected: admins(200) },
  { route: 'PUT /api/settings/semantic-search', body: {}, expected: admins(400) },
  { route: 'GET /api/knowledge/embedding-models', expected: admins(200) },

  { route: 'GET /api/settings', expected: admins(200) },
  { route: 'POST /api/settings', body: { key: 'colour', value: 'red' }, expected: admins(200) },
  { route: 'GET /api/settings/providers', expected: admins(200) },
  { route: 'POST /api/settings/providers', body: {}, expected: admins(400) },
  { route: 'DELETE /api/settings/providers', query: 'provider=openai', expected: admins(404) },
  { route: 'POST /api/settings/providers/check', body: { provider: 'openai' }, expected: admins(404) },
  { route: 'GET /api/providers/model-limits', expected: admins(200) },
  { route: 'PUT /api/providers/model-limits', body: {}, expected: admins(400) },
  { route: 'GET /api/providers/models', expected: users(200) },
  { route: 'GET /api/providers/local-ollama', expected: admins(200) },
  { route: 'GET /api/settings/domain', expected: admins(200) },
  { route: 'PUT /api/settings/domain', body: { lockedDomain: null }, expected: admins(200) },
  { route: 'GET /api/settings/context', expected: admins(200) },
  { route: 'PUT /api/settings/context', body: { content: 'Acme' }, expected: admins(200) },

  { route: 'GET /api/users', expected: admins(200) },
  { route: 'GET /api/users/:id/access', subject: 'user', expected: admins(200) },
  { route: 'GET /api/users/:id/access', subject: 'nothing', expected: admins(404) },
  { route: 'DELETE /api/users/:id', subject: 'nothing', expected: admins(404) },
  { route: 'PATCH /api/users/:id', subject: 'user', body: { role: 'member' }, expected: admins(200) },
  { route: 'POST /api/users/:id/reactivate', subject: 'user', expected: admins(404) },
  { route: 'POST /api/users/:id/reset', subject: 'user', expected: admins(201) },
  { route: 'POST /api/users/invite', body: { role: 'member' }, expected: admins(201) },
  {
    route: 'POST /api/users/invite',
    body: { role: 'member', groupIds: [crypto.randomUUID()] },
    expected: [401, 403, 403, 403, 403, 400],
  },
  { route: 'GET /api/users/invites', expected: admins(200) },
  { route: 'DELETE /api/users/invites/:id', subject: 'nothing', expected: admins(404) },
  { route: 'GET /api/invite/:token', subject: 'invite', expected: everybody(200) },
  { route: 'POST /api/invite/claim', body: {}, expected: everybody(400) },

  { route: 'GET /api/agents/:agentId/channels/telegram', subject: 'restricted', expected: admins(200) },
  { route: 'POST /api/agents/:agentId/channels/telegram', subject: 'restricted', body: {}, expected: admins(400) },
  { route: 'DELETE /api/agents/:agentId/channels/telegram', subject: 'own', expected: admins(400) },
  { route: 'GET /api/settings/telegram', expected: users(200) },
  { route: 'POST /api/settings/telegram', body: {}, expected: users(400) },
  { route: 'DELETE /api/settings/telegram', expected: users(404) },
  { route: 'GET /api/settings/telegram/bots', expected: admins(200) },
  { route: 'DELETE /api/settings/telegram/all', expected: admins(200) },
  // Telegram itself calls this one, with a secret header instead of a session.
  { route: 'POST /api/channels/telegram/:botId', body: {}, expected: everybody(400) },

  { route: 'GET /api/integrations', expected: admins(200) },
  { route: 'POST /api/integrations', body: {}, expected: admins(400) },
  { route: 'GET /api/integrations/:connectionId', expected: admins(404) },
  { route: 'PATCH /api/integrations/:connectionId', body: { name: 'Odoo' }, expected: admins(404) },
  { route: 'DELETE /api/integrations/:connectionId', expected: admins(404) },
  { route: 'POST /api/integrations/:connectionId/sync', expected: admins(404) },
  { route: 'POST /api/integrations/:connectionId/test', body: {}, expected: admins(404) },
  { route: 'POST /api/integrations/test', body: {}, expected: admins(400) },
  { route: 'POST /api/integrations/databases', body: {}, expected: admins(400) },
  { route: 'GET /api/agents/:agentId/integrations', subject: 'restricted', expected: admins(200) },
  { route: 'PATCH /api/agents/:agentId/integrations', subject: 'restricted', body: {}, expected: admins(400) },

  { route: 'GET /api/usage/summary', expected: admins(200) },
  { route: 'GET /api/usage/by-user', expected: licensed(200) },
  { route: 'GET /api/usage/by-model', expected: admins(200) },
  { route: 'GET /api/usage/timeseries', expected: admins(200) },
  { route: 'GET /api/usage/export', expected: licensed(200) },
  { route: 'GET /api/budgets', expected: admins(200) },
  {
    route: 'POST /api/budgets',
    body: { scope: 'organisation', unit: 'usd', amount: '0', period: 'day' },
    expected: admins(400),
  },
  { route: 'PATCH /api/budgets/:id', subject: 'nothing', body: { amount: '2' }, expected: admins(404) },
  { route: 'DELETE /api/budgets/:id', subject: 'nothing', expected: admins(404) },
  {
    route: 'POST /api/budgets/:id/raise',
    subject: 'nothing',
    body: { amount: '2', until: new Date(Date.now() + 86_400_000).toISOString(), reason: 'Fair' },
    expected: admins(404),
  },
  { route: 'GET /api/users/me/budgets', query: `agentId=${nobodysId}`, expected: users(404) },
  { route: 'GET /api/settings/prices', expected: admins(200) },
  { route: 'PUT /api/settings/prices', body: { prices: [{}] }, expected: admins(400) },
  { route: 'GET /api/usage/ratings', expected: admins(200) },
  { route: 'GET /api/usage/ratings/shared', expected: admins(200) },

  { route: 'GET /api/enterprise/status', expected: users(200) },
  { route: 'PUT /api/enterprise/key', body: { key: 'nonsense' }, expected: admins(400) },

  { route: 'GET /api/groups', expected: licensed(200) },
  { route: 'POST /api/groups', body: {}, expected: licensed(400) },
  { route: 'PATCH /api/groups/:id', subject: 'group', body: { description: 'Us' }, expected: licensed(200) },
  { route: 'DELETE /api/groups/:id', subject: 'nothing', expected: licensed(404) },
  { route: 'GET /api/groups/:id/members', subject: 'group', expected: licensed(200) },
  { route: 'PUT /api/groups/:id/members', subject: 'group', body: {}, expected: licensed(400) },
  { route: 'PATCH /api/groups/:id/members', subject: 'group', body: {}, expected: licensed(400) },

  { route: 'GET /api/audit', expected: admins(200) },
  { route: 'GET /api/audit/verify', expected: admins(200) },
  { route: 'GET /api/overview', expected: admins(200) },
  { route: 'GET /api/approvals', expected: users(200) },
  { route: 'POST /api/approvals/:id', subject: 'nothing', body: { decision: 'deny' }, expected: users(404) },
  { route: 'DELETE /api/allowances/:id', subject: 'nothing', expected: users(404) },
  { route: 'GET /api/audit/runs/:id', subject: 'nothing', expected: admins(404) },
  { route: 'GET /api/audit/status', expected: admins(200) },
  { route: 'POST /api/audit/acknowledge-anchor', expected: admins(409) },
  { route: 'GET /api/audit/event-types', expected: admins(200) },
  { route: 'GET /api/audit/export', expected: admins(200) },
  { route: 'GET /api/audit/filters', expected: admins(200) },
  { route: 'POST /api/audit/filters', body: { name: '' }, expected: admins(400) },
  { route: 'PATCH /api/audit/filters/:filterId', subject: 'nothing', body: { name: 'Mine' }, expected: admins(404) },
  { route: 'DELETE /api/audit/filters/:filterId', subject: 'nothing', expected: admins(404) },

  { route: 'GET /api/users/me', expected: users(200) },
  { route: 'PATCH /api/users/me', body: {}, expected: users(400) },
  { route: 'GET /api/users/me/context', expected: users(200) },

  { route: 'GET /api/sharing', expected: users(200) },
  { route: 'PUT /api/settings/sharing', body: {}, expected: admins(400) },
  { route: 'GET /api/agents/:agentId/readers', subject: 'restricted', expected: [401, 404, 403, 404, 403, 403] },
  { route: 'GET /api/agents/:agentId/chats/:chatId/share', subject: 'restricted', expected: users(404) },
  {
    route: 'PUT /api/agents/:agentId/chats/:chatId/share',
    subject: 'restricted',
    body: { userIds: [crypto.randomUUID()] },
    expected: users(404),
  },
  { route: 'DELETE /api/agents/:agentId/chats/:chatId/share', subject: 'restricted', expected: users(404) },
  { route: 'GET /api/shares', expected: users(200) },
  { route: 'GET /api/shares/:shareId', subject: 'nothing', expected: users(404) },
  { route: 'POST /api/shares/:shareId/copy', subject: 'nothing', expected: users(404) },
  { route: 'GET /api/shares/:shareId/uploads/:uploadId', subject: 'nothing', expected: users(404) },

  { route: 'GET /api/prompts', expected: users(200) },
  { route: 'POST /api/prompts', body: { name: 'Hello', text: 'Greet.' }, expected: users(201) },
  { route: 'PATCH /api/prompts/:promptId', subject: 'nothing', body: { name: 'Bye' }, expected: users(404) },
  { route: 'DELETE /api/prompts/:promptId', subject: 'nothing', expected: users(404) },
  { route: 'POST /api/settings/prompts', body: { name: 'Hello', text: 'Greet.' }, expected: admins(201) },
  { route: 'PATCH /api/settings/prompts/:promptId', subject: 'nothing', body: { name: 'Bye' }, expected: admins(404) },
  { route: 'DELETE /api/settings/prompts/:promptId', subject: 'nothing', expected: admins(404) },
  { route: 'PUT /api/users/me/context', body: { content: 'Hello' }, expected: users(200) },
  { route: 'POST /api/users/me/password', body: {}, expected: users(400) },

  { route: 'GET /api/conversations/search', query: 'q=words', expected: users(200) },
  { route: 'GET /api/agents/:agentId/chats', subject: 'restricted', expected: [401, 404, 200, 404, 200, 200] },
  // An admin sees a personal agent, but only its owner talks to it.
  { route: 'GET /api/agents/:agentId/chats', subject: 'own', expected: [401, 404, 404, 200, 404, 404] },
  {
    route: 'POST /api/agents/:agentId/chats',
    subject: 'restricted',
    body: {},
    expected: [401, 404, 201, 404, 201, 201],
  },
  {
    route: 'PATCH /api/agents/:agentId/chats',
    subject: 'restricted',
    body: { chatIds: [nobodysId], pinned: true },
    expected: users(404),
  },
  {
    route: 'DELETE /api/agents/:agentId/chats',
    subject: 'restricted',
    body: { chatIds: [nobodysId] },
    expected: users(404),
  },
  {
    route: 'GET /api/agents/:agentId/chats/export',
    subject: 'restricted',
    query: `chatIds=${nobodysId}`,
    expected: users(404),
  },
  {
    route: 'PUT /api/agents/:agentId/messages/:messageId/rating',
    subject: 'restricted',
    body: { rating: 'up' },
    expected: users(404),
  },
  { route: 'DELETE /api/agents/:agentId/messages/:messageId/rating', subject: 'restricted', expected: users(404) },
  {
    route: 'PATCH /api/agents/:agentId/chats/:chatId',
    subject: 'restricted',
    body: { title: 'Theirs' },
    expected: users(404),
  },
  { route: 'DELETE /api/agents/:agentId/chats/:chatId', subject: 'restricted', expected: users(404) },
  { route: 'GET /api/agents/:agentId/chats/:chatId/export', subject: 'restricted', expected: users(404) },
  {
    route: 'GET /api/agents/:agentId/messages/:messageId/tool-calls/:toolCallId',
    subject: 'restricted',
    expected: users(404),
  },
  {
    route: 'GET /api/agents/:agentId/messages/:messageId/sources/:number',
    subject: 'restricted',
    expected: users(404),
  },
  {
    route: 'GET /api/agents/:agentId/messages/:messageId/sources/:number/file',
    subject: 'restricted',
    expected: users(404),
  },
  { route: 'POST /api/agents/:agentId/uploads', subject: 'restricted', body: {}, expected: users(415) },
  { route: 'GET /api/agents/:agentId/uploads/:id', subject: 'restricted', expected: users(404) },
  { route: 'GET /api/agents/:agentId/uploads/:id/preview', subject: 'restricted', expected: users(404) },

  { route: 'GET /api/integrations', expected: admins(200) },
  { route: 'POST /api/integrations', body: {}, expected: admins(400) },
  { route: 'GET /api/integrations/:connectionId', expected: admins(404) },
  { route: 'PATCH /api/integrations/:connectionId', body: { name: 'New' }, expected: admins(404) },
  { route: 'DELETE /api/integrations/:connectionId', expected: admins(404) },
  { route: 'POST /api/integrations/:connectionId/sync', expected: admins(404) },
  { route: 'POST /api/integrations/:connectionId/test', expected: admins(404) },
  { route: 'POST /api/integrations/test', body: {}, expected: admins(400) },
  { route: 'POST /api/integrations/databases', body: {}, expected: admins(400) },
  { route: 'GET /api/agents/:agentId/integrations', subject: 'restricted', expected: admins(200) },
  { route: 'PATCH /api/agents/:agentId/integrations', subject: 'restricted', body: {}, expected: admins(400) },

  { route: 'POST /api/auth/sign-in/email', body: {}, expected: everybody(400) },
  { route: 'GET /api/auth/get-session', expected: everybody(200) },
  // Last: it ends the callers' sessions.
  { route: 'POST /api/auth/sign-out', expected: users(200) },
];
