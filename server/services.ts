import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type AuditTrail, createAuditTrail } from './audit/audit-trail.ts';
import { auditKeysOf } from './audit/keys.ts';
import { createReadingQueue } from './chat/sockets/reading-queue.ts';
import { type ConversationService, createConversationService } from './chat/conversations/conversation.service.ts';
import type { TelegramTimings } from './channels/telegram/ports.ts';
import { createTelegramChannel, type TelegramChannel } from './channels/telegram/telegram-channel.ts';
import { createTelegramAccounts } from './channels/telegram/telegram-accounts.ts';
import { type Chat, createChat } from './chat/chat.ts';
import type { Config } from './config.ts';
import { connectDatabase, type DatabaseConnection, isAnswering } from './db/client.ts';
import { createStorageQuota } from './db/storage-quota.ts';
import { createSignals, type Signals } from './db/signals.ts';
import { createDirectoryList } from './features/documents/list-data-directories.ts';
import { createDocumentRoom } from './features/documents/document-room.ts';
import { createDocumentService, type DocumentService } from './features/documents/document.service.ts';
import { createUploadService, type UploadService } from './features/uploads/upload.service.ts';
import { createMaintenanceJobs } from './features/maintenance/jobs.ts';
import { createModelResolver } from './features/providers/model-resolver.ts';
import { priceStep } from './features/usage/price-step.ts';
import type { OpenClaw } from './features/openclaw/openclaw.ts';
import { createNativeRuntime } from './runtime/native/native-runtime.ts';
import { createImageSource } from './tools/files/image-source.ts';
import { createToolGate } from './tools/tool-gate.ts';
import { requireSameSecrets } from './features/settings/secret-check.ts';
import { type AgentDirectory, createAgentDirectory } from './features/agents/agent-directory.ts';
import { createWorkspaceFiles } from './features/agents/workspace-files.ts';
import { type AgentService, createAgentService } from './features/agents/agent.service.ts';
import type { RateLimiter } from './db/rate-limiter.ts';
import { createJobRunner } from './db/jobs.ts';
import { createReplicaWatch } from './db/replica-watch.ts';
import { type AuthService, createAuthService } from './features/auth/auth.service.ts';
import { createHoldAuthority } from './features/auth/hold-authority.ts';
import { createBetterAuth } from './features/auth/better-auth.ts';
import { createSessionService, type SessionService } from './features/auth/session.service.ts';
import { createTransactionScope } from './features/auth/transaction-scope.ts';
import { createGroupService, type GroupService } from './features/groups/group.service.ts';
import type { AgentIntegrationService } from './features/integrations/agent-integration.service.ts';
import type { IntegrationService } from './features/integrations/integration.service.ts';
import { createLicenceService, type LicenceService } from './features/licence/licence.service.ts';
import { createProviderService, type ProviderService } from './features/providers/provider.service.ts';
import { createKnowledge, type Knowledge } from './features/knowledge/knowledge.ts';
import { type ContextService, createContextService } from './features/settings/context.service.ts';
import { createDomainService, type DomainService } from './features/settings/domain.service.ts';
import { createSettingService, type SettingService } from './features/settings/setting.service.ts';
import { createTelegramBotService, type TelegramBotService } from './features/telegram/bot.service.ts';
import { createTelegramLinkService, type TelegramLinkService } from './features/telegram/link.service.ts';
import { createLimiters } from './limiters.ts';
import { type AccountService, createAccountService } from './features/users/account.service.ts';
import { createInviteService, type InviteService } from './features/users/invite.service.ts';
import { createUserService, type UserService } from './features/users/user.service.ts';
import { createEncryption } from './platform/encryption.ts';
import type { AddressPolicy } from './platform/address-guard.ts';
import type { Logger } from './platform/logger.ts';
import type { AgentRuntime } from './runtime/agent-runtime.ts';
import { requireDataDirectory } from './tools/files/data-directories.ts';
import type { Tool } from './tools/tool.ts';
import { wireTools } from './wire-tools.ts';

export interface Services {
  config: Config;
  log: Logger;
  version: string;
  connection: DatabaseConnection;
  signals: Signals;
  audit: AuditTrail;
  settings: SettingService;
  contexts: ContextService;
  domain: DomainService;
  licence: LicenceService;
  sessions: SessionService;
  apiLimiter: RateLimiter;
  auth: AuthService;
  providers: ProviderService;
  agents: AgentService;
  agentDirectory: AgentDirectory;
  accounts: AccountService;
  users: UserService;
  invites: InviteService;
  groups: GroupService;
  integrations: IntegrationService;
  agentIntegrations: AgentIntegrationService;
  uploads: UploadService;
  documents: DocumentService;
  knowledge: Knowledge;
  tools: { grantable: Tool[]; all: readonly Tool[] };
  runtime: AgentRuntime;
  /** Undefined with the built-in runtime. */
  openclaw: OpenClaw | undefined;
  chat: Chat;
  telegram: TelegramChannel;
  telegramBots: TelegramBotService;
  telegramLinks: TelegramLinkService;
  conversations: ConversationService;
  listDataDirectories(path?: string): Promise<{ path: string; name: string }[]>;
  isDatabaseConnected(): Promise<boolean>;
  /** Whether the first admin exists. */
  isSetUp(): Promise<boolean>;
  start(): Promise<void>;
  /** No new work; running answers may finish for `graceMs`, then they are kept as interrupted. */
  stopWork(graceMs: number): Promise<void>;
  stop(): Promise<void>;
}

/** Creates every service, in the order in which they need each other. Nothing runs until `start()`. */
export async function createServices(options: {
  config: Config;
  databaseUrl: string;
  version: string;
  log: Logger;
  telegramTimings?: Partial<TelegramTimings> | undefined;
  /** Lets web tools reach what they must not in use: for tests, whose websites are on this machine. */
  webPolicy?: Partial<AddressPolicy> | undefined;
}): Promise<Services> {
  const { config, databaseUrl, version, log } = options;
  const connection = connectDatabase(databaseUrl, {
    // The error itself drags the whole client along.
    onIdleError: (error) => log.warn({ reason: error.message }, 'a database connection was lost'),
  });
  const { db } = connection;
  const signals = createSignals({
    db,
    databaseUrl,
    log,
    holdAuthority: createHoldAuthority({ isActive: (tx) => licence.isActive(tx) }),
  });
  const encryption = createEncryption(config.encryptionKey);
  const audit = createAuditTrail({
    db,
    logger: log,
    anchorPath: join(config.home, 'audit-anchor.json'),
    keys: auditKeysOf(config.audit),
    redactionKey: config.authSecret,
  });

  const settings = createSettingService({ db, signals, audit, encryption });
  const contexts = createContextService({ db, signals, audit, settings });
  const domain = createDomainService({ signals, audit, settings });
  const licence = createLicenceService({
    db,
    signals,
    audit,
    settings,
    environmentKey: config.enterpriseKey,
    publicKey: config.licensePublicKey,
  });
  const { providerRoots: roots, ollamaLocalUrls } = config;
  const providers = createProviderService({ signals, audit, settings, roots, ollamaLocalUrls, log });

  const scope = createTransactionScope(db);
  const plainAuth = createBetterAuth({ db: scope.db, secret: config.authSecret, secure: false });
  const secureAuth = createBetterAuth({ db: scope.db, secret: config.authSecret, secure: true });
  const replicas = createReplicaWatch({ db, log });
  const limiters = createLimiters({
    pool: connection.pool,
    secret: config.authSecret,
    limits: config.limits,
    isShared: () => replicas.areSeveral,
  });
  const sessions = createSessionService({ db, signals, auth: plainAuth, lockedSince: domain.lockedSince });
  const auth = createAuthService({
    auth: async () => ((await domain.lockedDomain()) === undefined ? plainAuth : secureAuth),
    scope,
    signals,
    audit,
    limiter: limiters.attempts,
    sessions,
  });

  const agentDirectory = createAgentDirectory({ db, contexts });
  const workspaceRoot = join(config.home, 'workspaces');
  const knowledge = createKnowledge({ config, databaseUrl, db, signals, audit, settings, agentDirectory, log });
  const { integrations, agentIntegrations, grantable, registry } = wireTools({
    ...{ config, connection, signals, audit, encryption, contexts, agentDirectory },
    knowledgeTools: knowledge.tools,
    webPolicy: options.webPolicy,
  });

  const telegramBots = createTelegramBotService({
    db,
    signals,
    audit,
    encryption,
    accounts: createTelegramAccounts(config.telegramApiRoot, options.telegramTimings?.probe),
  });
  const agents = createAgentService({
    db,
    signals,
    audit,
    providers,
    licence,
    runtime: () => runtime,
    removeWorkspace: (agentId) => workspaceFiles.remove(agentId),
    isKnownTool: (id) => grantable.some((tool) => tool.id === id),
    requireDataDirectory: (path) => requireDataDirectory(config.dataRoot, path),
    prepareGrant: agentIntegrations.prepareGrant,
    beforeRemove: telegramBots.removeWithAgent,
  });
  const accounts = createAccountService({ db, signals, audit, sessions, agents, limiter: limiters.attempts });
  const invites = createInviteService({
    db,
    signals,
    audit,
    licence,
    sessions,
    accounts,
    limiter: limiters.attempts,
    findDefaultModel: () => providers.findDefaultModel(),
  });
  const users = createUserService({ db, signals, audit, sessions, licence, agents, invites });
  const groups = createGroupService({ db, signals, audit });
  const quota = createStorageQuota(config.limits.bytesPerPerson);
  const documents = createDocumentService({
    dataRoot: config.dataRoot,
    room: createDocumentRoom({ dataRoot: config.dataRoot, limitBytes: config.limits.documentBytes }),
    ...{ signals, audit, log },
  });
  const uploads = createUploadService({ db, signals, audit, agentDirectory, workspaceRoot, quota });

  const gateway = createToolGate({
    signals,
    registry,
    audit,
    findGrant: (who) => agentDirectory.findGrant(who),
    workspaceRoot,
    log,
  });
  const images = createImageSource({
    dataRoot: config.dataRoot,
    workspaceRoot,
    findGrant: (who) => agentDirectory.findGrant(who),
  });
  const reading = createReadingQueue();
  const replicaId = randomUUID();
  // Its client takes 9 MB of memory, which the built-in runtime has no use for.
  const openclaw =
    config.openclaw &&
    (await import('./features/openclaw/openclaw.ts')).createOpenClaw({
      ...{ ...config.openclaw, version, db, signals, contexts, providers, gateway, images, registry, replicaId, log },
      encryptionKey: config.encryptionKey,
      roots: config.providerRoots,
      agents: agentDirectory,
    });
  const runtime: AgentRuntime =
    openclaw?.runtime ??
    createNativeRuntime({
      resolveModel: createModelResolver(providers, config.providerRoots, log),
      gateway,
      registry,
      images,
      log,
    });

  const chat = createChat({
    signals,
    db,
    audit,
    runtime,
    agents: agentDirectory,
    sessions: { current: (token) => sessions.findActorByToken(token) },
    priceUsage: priceStep,
    tools: gateway,
    messageLimiter: limiters.messages,
    resolveModel: (reference) => providers.resolveModelId(reference, null),
    quota,
    reading,
    replicaId,
    connect: () => connection.pool.connect(),
    log,
  });
  const workspaceFiles = createWorkspaceFiles({ db, signals, contexts, workspaceRoot, log });
  const conversations = createConversationService({ db, signals, audit, agents: agentDirectory, reading });
  const telegramLinks = createTelegramLinkService({
    db,
    signals,
    audit,
    limiter: limiters.pairings,
    secret: config.authSecret,
    onLinked: (account) => telegram.greet(account),
  });
  const telegram = createTelegramChannel({
    db,
    signals,
    audit,
    chat: chat.channels,
    links: telegramLinks,
    agents: agentDirectory,
    uploads,
    root: config.telegramApiRoot,
    filesRoot: config.telegramFilesRoot,
    replicaId,
    tokenOf: telegramBots.tokenOf,
    titleOf: (toolId) => registry.find(toolId)?.title ?? toolId,
    lockedDomain: () => domain.lockedDomain(),
    timings: options.telegramTimings,
    log,
  });
  const jobs = createJobRunner({
    pool: connection.pool,
    log,
    jobs: createMaintenanceJobs({ db, audit, workspaceRoot, dataRoot: config.dataRoot }),
  });

  let sealing: { stop(): Promise<void> } | undefined;
  return {
    config,
    log,
    version,
    connection,
    signals,
    audit,
    settings,
    contexts,
    domain,
    licence,
    sessions,
    apiLimiter: limiters.api,
    auth,
    providers,
    agents,
    agentDirectory,
    accounts,
    users,
    invites,
    groups,
    uploads,
    documents,
    knowledge,
    integrations,
    agentIntegrations,
    tools: { grantable, all: registry.all() },
    runtime,
    openclaw,
    chat,
    telegram,
    telegramBots,
    telegramLinks,
    conversations,
    listDataDirectories: createDirectoryList(config.dataRoot),
    isDatabaseConnected: () => isAnswering(db),
    isSetUp: () => accounts.exist(),
    async start() {
      await requireSameSecrets(connection, config);
      await signals.start();
      await audit.open();
      sealing = audit.startSealing();
      replicas.start();
      workspaceFiles.start();
      openclaw?.start();
      await chat.start();
      await telegram.start();
      // Not waited for: nobody should wait for the job queue's tables at the first start.
      if (!config.backgroundJobs) return;
      knowledge.indexer.start();
      jobs.start().catch((error: unknown) => log.error({ error }, 'background jobs did not start'));
    },
    async stopWork(graceMs) {
      await telegram.pause();
      await chat.stop(graceMs);
      await telegram.stop();
      await knowledge.indexer.stop();
      await jobs.stop();
    },
    async stop() {
      replicas.stop();
      await workspaceFiles.stop();
      await openclaw?.stop();
      await sealing?.stop();
      await signals.stop();
      await connection.close();
    },
  };
}
