import type { Access, Method } from './endpoint.ts';

/** How an endpoint is called, and by whom; its schemas stand beside, in the file of its subject. */
interface Route {
  method: Method;
  /** Fastify's form, such as `/api/agents/:id`. */
  path: `/api/${string}`;
  access: Access;
}

/** Every endpoint by the name that is its `operationId`. Without schemas, so that a page can import it at no cost. */
export const routes = {
  health: { method: 'GET', path: '/api/health', access: 'public' },
  runtimeHealth: { method: 'GET', path: '/api/health/openclaw', access: 'public' },

  setupStatus: { method: 'GET', path: '/api/setup/status', access: 'public' },
  setup: { method: 'POST', path: '/api/setup', access: 'public' },
  setupProvider: { method: 'POST', path: '/api/setup/provider', access: 'admin' },

  listAgents: { method: 'GET', path: '/api/agents', access: 'user' },
  createAgent: { method: 'POST', path: '/api/agents', access: 'admin' },
  getAgent: { method: 'GET', path: '/api/agents/:id', access: 'user' },
  updateAgent: { method: 'PATCH', path: '/api/agents/:id', access: 'user' },
  deleteAgent: { method: 'DELETE', path: '/api/agents/:id', access: 'admin' },
  getAgentFile: { method: 'GET', path: '/api/agents/:id/files/:name', access: 'user' },
  putAgentFile: { method: 'PUT', path: '/api/agents/:id/files/:name', access: 'user' },
  listAgentVersions: { method: 'GET', path: '/api/agents/:id/versions', access: 'user' },
  restoreAgentVersion: { method: 'POST', path: '/api/agents/:id/versions/:number/restore', access: 'user' },
  stopAgent: { method: 'POST', path: '/api/agents/:id/stop', access: 'admin' },
  resumeAgent: { method: 'POST', path: '/api/agents/:id/resume', access: 'admin' },
  stopAllAgents: { method: 'POST', path: '/api/agents/stop', access: 'admin' },
  resumeAllAgents: { method: 'POST', path: '/api/agents/resume', access: 'admin' },
  listTemplates: { method: 'GET', path: '/api/templates', access: 'user' },
  listTools: { method: 'GET', path: '/api/tools', access: 'user' },
  listDataDirectories: { method: 'GET', path: '/api/data-directories', access: 'admin' },
  createDataDirectory: { method: 'POST', path: '/api/data-directories', access: 'admin' },
  removeDataDirectory: { method: 'DELETE', path: '/api/data-directories', access: 'admin' },
  listDocuments: { method: 'GET', path: '/api/knowledge/documents', access: 'admin' },
  addDocuments: { method: 'POST', path: '/api/knowledge/documents', access: 'admin' },
  removeDocument: { method: 'DELETE', path: '/api/knowledge/documents', access: 'admin' },

  listProviders: { method: 'GET', path: '/api/settings/providers', access: 'admin' },
  saveProvider: { method: 'POST', path: '/api/settings/providers', access: 'admin' },
  deleteProvider: { method: 'DELETE', path: '/api/settings/providers', access: 'admin' },
  checkProvider: { method: 'POST', path: '/api/settings/providers/check', access: 'admin' },
  listModels: { method: 'GET', path: '/api/providers/models', access: 'user' },
  findLocalOllama: { method: 'GET', path: '/api/providers/local-ollama', access: 'admin' },
  listModelLimits: { method: 'GET', path: '/api/providers/model-limits', access: 'admin' },
  putModelLimits: { method: 'PUT', path: '/api/providers/model-limits', access: 'admin' },

  listSettings: { method: 'GET', path: '/api/settings', access: 'admin' },
  saveSetting: { method: 'POST', path: '/api/settings', access: 'admin' },
  getDomain: { method: 'GET', path: '/api/settings/domain', access: 'admin' },
  putDomain: { method: 'PUT', path: '/api/settings/domain', access: 'admin' },
  getContext: { method: 'GET', path: '/api/settings/context', access: 'admin' },
  putContext: { method: 'PUT', path: '/api/settings/context', access: 'admin' },

  getConversationSettings: { method: 'GET', path: '/api/settings/conversations', access: 'admin' },
  putConversationSettings: { method: 'PUT', path: '/api/settings/conversations', access: 'admin' },

  listUsers: { method: 'GET', path: '/api/users', access: 'admin' },
  getUserAccess: { method: 'GET', path: '/api/users/:id/access', access: 'admin' },
  deactivateUser: { method: 'DELETE', path: '/api/users/:id', access: 'admin' },
  updateUser: { method: 'PATCH', path: '/api/users/:id', access: 'admin' },
  reactivateUser: { method: 'POST', path: '/api/users/:id/reactivate', access: 'admin' },
  resetUser: { method: 'POST', path: '/api/users/:id/reset', access: 'admin' },
  inviteUser: { method: 'POST', path: '/api/users/invite', access: 'admin' },
  listInvites: { method: 'GET', path: '/api/users/invites', access: 'admin' },
  revokeInvite: { method: 'DELETE', path: '/api/users/invites/:id', access: 'admin' },
  getInvite: { method: 'GET', path: '/api/invite/:token', access: 'public' },
  claimInvite: { method: 'POST', path: '/api/invite/claim', access: 'public' },
  getMe: { method: 'GET', path: '/api/users/me', access: 'user' },
  updateMe: { method: 'PATCH', path: '/api/users/me', access: 'user' },
  getMyContext: { method: 'GET', path: '/api/users/me/context', access: 'user' },
  putMyContext: { method: 'PUT', path: '/api/users/me/context', access: 'user' },
  changeMyPassword: { method: 'POST', path: '/api/users/me/password', access: 'user' },

  usageSummary: { method: 'GET', path: '/api/usage/summary', access: 'admin' },
  usageByUser: { method: 'GET', path: '/api/usage/by-user', access: 'licensed-admin' },
  usageByModel: { method: 'GET', path: '/api/usage/by-model', access: 'admin' },
  usageTimeseries: { method: 'GET', path: '/api/usage/timeseries', access: 'admin' },
  ratingSummary: { method: 'GET', path: '/api/usage/ratings', access: 'admin' },
  listSharedRatings: { method: 'GET', path: '/api/usage/ratings/shared', access: 'admin' },
  usageExport: { method: 'GET', path: '/api/usage/export', access: 'licensed-admin' },

  enterpriseStatus: { method: 'GET', path: '/api/enterprise/status', access: 'user' },
  putEnterpriseKey: { method: 'PUT', path: '/api/enterprise/key', access: 'admin' },

  listGroups: { method: 'GET', path: '/api/groups', access: 'licensed-admin' },
  createGroup: { method: 'POST', path: '/api/groups', access: 'licensed-admin' },
  updateGroup: { method: 'PATCH', path: '/api/groups/:id', access: 'licensed-admin' },
  deleteGroup: { method: 'DELETE', path: '/api/groups/:id', access: 'licensed-admin' },
  listGroupMembers: { method: 'GET', path: '/api/groups/:id/members', access: 'licensed-admin' },
  putGroupMembers: { method: 'PUT', path: '/api/groups/:id/members', access: 'licensed-admin' },
  changeGroupMembers: { method: 'PATCH', path: '/api/groups/:id/members', access: 'licensed-admin' },

  getOverview: { method: 'GET', path: '/api/overview', access: 'admin' },

  listAudit: { method: 'GET', path: '/api/audit', access: 'admin' },
  verifyAudit: { method: 'GET', path: '/api/audit/verify', access: 'admin' },
  auditEventTypes: { method: 'GET', path: '/api/audit/event-types', access: 'admin' },
  getAuditRun: { method: 'GET', path: '/api/audit/runs/:id', access: 'admin' },
  auditStatus: { method: 'GET', path: '/api/audit/status', access: 'admin' },
  acknowledgeAnchor: { method: 'POST', path: '/api/audit/acknowledge-anchor', access: 'admin' },
  exportAudit: { method: 'GET', path: '/api/audit/export', access: 'admin' },

  listApprovals: { method: 'GET', path: '/api/approvals', access: 'user' },
  decideApproval: { method: 'POST', path: '/api/approvals/:id', access: 'user' },
  deleteAllowance: { method: 'DELETE', path: '/api/allowances/:id', access: 'user' },

  searchConversations: { method: 'GET', path: '/api/conversations/search', access: 'user' },
  listConversations: { method: 'GET', path: '/api/agents/:agentId/chats', access: 'user' },
  createConversation: { method: 'POST', path: '/api/agents/:agentId/chats', access: 'user' },
  updateConversations: { method: 'PATCH', path: '/api/agents/:agentId/chats', access: 'user' },
  deleteConversations: { method: 'DELETE', path: '/api/agents/:agentId/chats', access: 'user' },
  exportConversations: { method: 'GET', path: '/api/agents/:agentId/chats/export', access: 'user' },
  updateConversation: { method: 'PATCH', path: '/api/agents/:agentId/chats/:chatId', access: 'user' },
  deleteConversation: { method: 'DELETE', path: '/api/agents/:agentId/chats/:chatId', access: 'user' },
  exportConversation: { method: 'GET', path: '/api/agents/:agentId/chats/:chatId/export', access: 'user' },
  getToolOutput: {
    method: 'GET',
    path: '/api/agents/:agentId/messages/:messageId/tool-calls/:toolCallId',
    access: 'user',
  },
  rateMessage: { method: 'PUT', path: '/api/agents/:agentId/messages/:messageId/rating', access: 'user' },
  unrateMessage: { method: 'DELETE', path: '/api/agents/:agentId/messages/:messageId/rating', access: 'user' },
  openSource: { method: 'GET', path: '/api/agents/:agentId/messages/:messageId/sources/:number', access: 'user' },
  getSourceFile: {
    method: 'GET',
    path: '/api/agents/:agentId/messages/:messageId/sources/:number/file',
    access: 'user',
  },
  upload: { method: 'POST', path: '/api/agents/:agentId/uploads', access: 'user' },
  getUpload: { method: 'GET', path: '/api/agents/:agentId/uploads/:id', access: 'user' },

  getAgentTelegram: { method: 'GET', path: '/api/agents/:agentId/channels/telegram', access: 'admin' },
  connectAgentTelegram: { method: 'POST', path: '/api/agents/:agentId/channels/telegram', access: 'admin' },
  disconnectAgentTelegram: { method: 'DELETE', path: '/api/agents/:agentId/channels/telegram', access: 'admin' },
  getMyTelegram: { method: 'GET', path: '/api/settings/telegram', access: 'user' },
  linkMyTelegram: { method: 'POST', path: '/api/settings/telegram', access: 'user' },
  unlinkMyTelegram: { method: 'DELETE', path: '/api/settings/telegram', access: 'user' },
  listTelegramBots: { method: 'GET', path: '/api/settings/telegram/bots', access: 'admin' },
  removeTelegram: { method: 'DELETE', path: '/api/settings/telegram/all', access: 'admin' },
  telegramWebhook: { method: 'POST', path: '/api/channels/telegram/:botId', access: 'public' },

  searchKnowledge: { method: 'POST', path: '/api/knowledge/search', access: 'user' },
  listKnowledge: { method: 'GET', path: '/api/knowledge', access: 'admin' },
  listUnreadable: { method: 'GET', path: '/api/knowledge/unreadable', access: 'admin' },
  reindexKnowledge: { method: 'POST', path: '/api/knowledge/reindex', access: 'admin' },
  getKnowledgeSettings: { method: 'GET', path: '/api/settings/knowledge', access: 'admin' },
  putKnowledgeSettings: { method: 'PUT', path: '/api/settings/knowledge', access: 'admin' },
  getSemanticSearch: { method: 'GET', path: '/api/settings/semantic-search', access: 'admin' },
  putSemanticSearch: { method: 'PUT', path: '/api/settings/semantic-search', access: 'admin' },
  listEmbeddingModels: { method: 'GET', path: '/api/knowledge/embedding-models', access: 'admin' },

  listIntegrations: { method: 'GET', path: '/api/integrations', access: 'admin' },
  createIntegration: { method: 'POST', path: '/api/integrations', access: 'admin' },
  testIntegration: { method: 'POST', path: '/api/integrations/test', access: 'admin' },
  listIntegrationDatabases: { method: 'POST', path: '/api/integrations/databases', access: 'admin' },
  getIntegration: { method: 'GET', path: '/api/integrations/:connectionId', access: 'admin' },
  updateIntegration: { method: 'PATCH', path: '/api/integrations/:connectionId', access: 'admin' },
  deleteIntegration: { method: 'DELETE', path: '/api/integrations/:connectionId', access: 'admin' },
  syncIntegration: { method: 'POST', path: '/api/integrations/:connectionId/sync', access: 'admin' },
  testStoredIntegration: { method: 'POST', path: '/api/integrations/:connectionId/test', access: 'admin' },
  listAgentIntegrations: { method: 'GET', path: '/api/agents/:agentId/integrations', access: 'admin' },
  updateAgentIntegration: { method: 'PATCH', path: '/api/agents/:agentId/integrations', access: 'admin' },
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof routes;
