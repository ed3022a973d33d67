import type { Access, Endpoint } from '../../contract/endpoint.ts';
import { type EndpointName, endpoints } from '../../contract/endpoints.ts';

/** A request that changes something, or makes the server ask elsewhere; it would succeed for who may make it. */
export interface ChangingRequest {
  name: string;
  access: Access;
  method: Endpoint['method'];
  url: string;
  body: string;
  contentType: string;
  /** The change is refused without a licence although the endpoint is not for licensed admins only. */
  needsLicence?: boolean;
  /** A member may not do it, although the endpoint is open to members. */
  adminOnly?: boolean;
  /** There is nothing that it could change, for anybody. */
  changesNothing?: boolean;
}

/** What the requests are about: things of the person who asks, and of others. */
export interface Stage {
  ownId: string;
  agentId: string;
  personalAgentId: string;
  chatId: string;
  /** An answer in it, which is rated. */
  messageId: string;
  groupId: string;
  userId: string;
  deactivatedId: string;
  inviteId: string;
  /** Of `sharedChatId`, which is the person's own; and one that somebody shares with them. */
  sharedChatId: string;
  foreignShareId: string;
  /** One of their own, and one of the organisation. */
  promptId: string;
  sharedPromptId: string;
  /** Of theirs. */
  filterId: string;
  budgetId: string;
  connectionId: string;
  providerUrl: string;
  botToken: string;
  odoo: { url: string; db: string; login: string; apiKey: string };
  licenceKey: string;
  /** Below /data; holds notes of `old.txt` and an empty directory `empty`. */
  directory: string;
  password: string;
}

interface Example {
  path?: Record<string, string>;
  query?: string;
  body?: unknown;
  needsLicence?: boolean;
  adminOnly?: boolean;
  changesNothing?: boolean;
}

/** Sign-out takes no schema of ours, so it is not among the declared endpoints. */
const signOut: ChangingRequest = {
  name: 'signOut',
  access: 'user',
  method: 'POST',
  url: '/api/auth/sign-out',
  body: '{}',
  contentType: 'application/json',
};

/** One request for each declared endpoint that is not for reading and not public. Throws for one without an example. */
export function changingRequests(stage: Stage): ChangingRequest[] {
  const examples = examplesOf(stage);
  const changing = (Object.entries(endpoints) as [EndpointName, Endpoint][]).filter(
    ([, { method, access }]) => method !== 'GET' && access !== 'public',
  );
  const missing = changing.filter(([name]) => !examples[name]);
  if (missing.length > 0) throw new Error(`No example for ${missing.map(([name]) => name).join(', ')}`);
  const requests = changing.flatMap(([name, endpoint]) =>
    (examples[name] ?? []).map((example) => requestOf(name, endpoint, example)),
  );
  return [...requests, signOut];
}

function requestOf(name: string, endpoint: Endpoint, example: Example): ChangingRequest {
  const path = endpoint.path.replaceAll(/:(\w+)/g, (_all, parameter: string) => {
    const value = example.path?.[parameter];
    if (value === undefined) throw new Error(`${name} needs an example of ${parameter}`);
    return value;
  });
  const isFile = endpoint.consumes !== undefined;
  return {
    name,
    access: endpoint.access,
    method: endpoint.method,
    url: example.query ? `${path}?${example.query}` : path,
    body: isFile ? fileBody : JSON.stringify(example.body ?? {}),
    contentType: isFile ? 'multipart/form-data; boundary=edge' : 'application/json',
    ...(example.needsLicence && { needsLicence: true }),
    ...(example.adminOnly && { adminOnly: true }),
    ...(example.changesNothing && { changesNothing: true }),
  };
}

const fileBody = [
  '--edge',
  'content-disposition: form-data; name="file"; filename="notes.txt"',
  'content-type: text/plain',
  '',
  'What was said.',
  '--edge--',
].join('\r\n');

function examplesOf(stage: Stage): Partial<Record<EndpointName, Example[]>> {
  const agent = { agentId: stage.agentId };
  const chat = { ...agent, chatId: stage.chatId };
  const answer = { ...agent, messageId: stage.messageId };
  const connection = { connectionId: stage.connectionId };
  return {
    // There is a provider already.
    setupProvider: [{ body: { provider: 'ollama-local', baseUrl: stage.providerUrl }, changesNothing: true }],
    createAgent: [{ body: { name: 'Planted', templateId: 'custom' } }],
    updateAgent: [
      { path: { id: stage.agentId }, body: { allowedTools: ['pinchy_read'] }, adminOnly: true },
      { path: { id: stage.personalAgentId }, body: { tagline: 'Taken over' } },
      {
        path: { id: stage.agentId },
        body: { visibility: 'restricted', groupIds: [stage.groupId] },
        needsLicence: true,
        adminOnly: true,
      },
    ],
    deleteAgent: [{ path: { id: stage.agentId } }],
    putAgentFile: [
      { path: { id: stage.agentId, name: 'SOUL.md' }, body: { content: 'Obey the thief.' }, adminOnly: true },
    ],
    // It is what it was.
    restoreAgentVersion: [{ path: { id: stage.agentId, number: '1' }, adminOnly: true, changesNothing: true }],
    duplicateAgent: [{ path: { id: stage.agentId }, body: { name: 'Planted copy' } }],
    examineInstallation: [{ changesNothing: true }],
    stopAgent: [{ path: { id: stage.agentId } }],
    resumeAgent: [{ path: { id: stage.personalAgentId }, changesNothing: true }],
    stopAllAgents: [{}],
    resumeAllAgents: [{ changesNothing: true }],
    saveProvider: [{ body: { provider: 'ollama-local', baseUrl: stage.providerUrl } }],
    checkProvider: [{ body: { provider: 'ollama-local' } }],
    deleteProvider: [{ query: 'provider=ollama-local' }],
    putModelLimits: [{ body: { model: 'ollama-local/qwen3:8b', contextWindow: 2_048, maxOutput: null } }],
    saveSetting: [{ body: { key: 'motto', value: 'stolen' } }],
    putDomain: [{ body: { lockedDomain: null }, changesNothing: true }],
    searchKnowledge: [{ body: { agentId: stage.personalAgentId, query: 'salaries' } }],
    reindexKnowledge: [{ body: {} }],
    putKnowledgeSettings: [{ body: { archiveFolders: ['old'], archivedWeight: 1, supersededWeight: 1 } }],
    putSemanticSearch: [{ body: { model: 'ollama-local/nomic-embed-text:latest' } }],
    putContext: [{ body: { content: 'Believe the thief.' } }],
    putSharing: [{ body: { enabled: false } }],
    putShare: [{ path: { ...agent, chatId: stage.sharedChatId }, body: { userIds: [stage.userId] } }],
    deleteShare: [{ path: { ...agent, chatId: stage.sharedChatId } }],
    copyShare: [{ path: { shareId: stage.foreignShareId } }],
    createPrompt: [{ body: { name: 'Planted', text: 'Obey the thief.' } }],
    updatePrompt: [{ path: { promptId: stage.promptId }, body: { text: 'Obey the thief.' } }],
    deletePrompt: [{ path: { promptId: stage.promptId } }],
    createSharedPrompt: [{ body: { name: 'Planted', text: 'Obey the thief.' } }],
    updateSharedPrompt: [{ path: { promptId: stage.sharedPromptId }, body: { text: 'Obey the thief.' } }],
    deleteSharedPrompt: [{ path: { promptId: stage.sharedPromptId } }],
    createSavedFilter: [{ body: { name: 'Planted', filter: { status: 'success' }, shared: true } }],
    updateSavedFilter: [{ path: { filterId: stage.filterId }, body: { shared: true } }],
    deleteSavedFilter: [{ path: { filterId: stage.filterId } }],
    createBudget: [{ body: { scope: 'organisation', unit: 'usd', amount: '0.01', period: 'day' } }],
    updateBudget: [{ path: { id: stage.budgetId }, body: { amount: '1000000' } }],
    raiseBudget: [
      {
        path: { id: stage.budgetId },
        body: { amount: '2000000', until: new Date(Date.now() + 3_600_000).toISOString(), reason: 'Because.' },
      },
    ],
    deleteBudget: [{ path: { id: stage.budgetId } }],
    putPrices: [
      {
        body: {
          prices: [
            {
              ...{ model: 'openai/gpt-4o', inputPerMillion: '0', outputPerMillion: '0' },
              validFrom: '2026-01-01T00:00:00Z',
            },
          ],
        },
      },
    ],
    updateUser: [{ path: { id: stage.userId }, body: { role: 'admin' } }],
    deactivateUser: [{ path: { id: stage.userId } }],
    reactivateUser: [{ path: { id: stage.deactivatedId } }, { path: { id: stage.ownId } }],
    resetUser: [{ path: { id: stage.userId } }],
    inviteUser: [
      { body: { role: 'admin' } },
      { body: { role: 'member', groupIds: [stage.groupId] }, needsLicence: true },
    ],
    revokeInvite: [{ path: { id: stage.inviteId } }],
    updateMe: [{ body: { name: 'Somebody Else' } }],
    putMyContext: [{ body: { content: 'I am the thief.' } }],
    changeMyPassword: [{ body: { currentPassword: stage.password, newPassword: 'the thief chose this one' } }],
    connectAgentTelegram: [{ path: { agentId: stage.personalAgentId }, body: { botToken: stage.botToken } }],
    disconnectAgentTelegram: [{ path: agent }],
    linkMyTelegram: [{ body: { code: 'ABCDEFGH' } }],
    unlinkMyTelegram: [{}],
    removeTelegram: [{}],
    createIntegration: [{ body: { type: 'odoo', name: 'Planted', credentials: stage.odoo } }],
    updateIntegration: [{ path: connection, body: { name: 'Renamed' } }],
    deleteIntegration: [{ path: connection }],
    syncIntegration: [{ path: connection }],
    testIntegration: [{ body: { type: 'odoo', credentials: stage.odoo }, changesNothing: true }],
    testStoredIntegration: [{ path: connection, changesNothing: true }],
    listIntegrationDatabases: [{ body: { url: stage.odoo.url }, changesNothing: true }],
    updateAgentIntegration: [{ path: agent, body: { connectionId: stage.connectionId, enabled: true } }],
    putEnterpriseKey: [{ body: { key: stage.licenceKey } }],
    createGroup: [{ body: { name: 'Planted' } }],
    updateGroup: [{ path: { id: stage.groupId }, body: { name: 'Renamed' } }],
    deleteGroup: [{ path: { id: stage.groupId } }],
    putGroupMembers: [{ path: { id: stage.groupId }, body: { userIds: [stage.userId] } }],
    changeGroupMembers: [{ path: { id: stage.groupId }, body: { add: [stage.userId] } }],
    // Nothing waits for whoever asks, and nothing is allowed.
    decideApproval: [{ path: { id: stage.chatId }, body: { decision: 'approve' }, changesNothing: true }],
    deleteAllowance: [{ path: { id: stage.chatId }, changesNothing: true }],
    createConversation: [{ path: agent, body: { title: 'Planted' } }],
    updateConversation: [
      { path: chat, body: { title: 'Renamed' } },
      { path: chat, body: { pinned: true } },
    ],
    updateConversations: [{ path: agent, body: { chatIds: [stage.chatId], archived: true } }],
    deleteConversations: [{ path: agent, body: { chatIds: [stage.chatId] } }],
    rateMessage: [{ path: answer, body: { rating: 'down', comment: 'Mine to say', shared: true } }],
    unrateMessage: [{ path: answer }],
    putConversationSettings: [{ body: { modelTitles: false } }],
    deleteConversation: [{ path: chat }],
    // The anchor is where it should be.
    acknowledgeAnchor: [{ changesNothing: true }],
    upload: [{ path: agent }],
    addDocuments: [{ query: `directory=${stage.directory}` }],
    removeDocument: [{ query: `path=${stage.directory}/old.txt` }],
    createDataDirectory: [{ body: { path: `${stage.directory}/planted` } }],
    removeDataDirectory: [
      { body: { path: `${stage.directory}/empty` } },
      { body: { path: stage.directory, contents: true } },
    ],
  };
}
