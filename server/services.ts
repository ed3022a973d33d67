import { randomUUID } from 'node:crypto';
import type { AuditTrail } from './audit/audit-trail.ts';
import type { ConversationService } from './chat/conversations/conversation.service.ts';
import type { TelegramTimings } from './channels/telegram/ports.ts';
import type { TelegramChannel } from './channels/telegram/telegram-channel.ts';
import type { Chat } from './chat/chat.ts';
import type { Config } from './config.ts';
import { createDatabaseProbe, type OpenDatabase } from './db/client.ts';
import { createJobRunner } from './db/jobs.ts';
import type { RateLimiter } from './db/rate-limiter.ts';
import type { Signals } from './db/signals.ts';
import type { AgentDirectory } from './features/agents/agent-directory.ts';
import type { AgentService } from './features/agents/agent.service.ts';
import type { AuthService } from './features/auth/auth.service.ts';
import type { SessionService } from './features/auth/session.service.ts';
import type { BudgetService } from './features/budgets/budget.service.ts';
import type { DocumentService } from './features/documents/document.service.ts';
import type { GroupService } from './features/groups/group.service.ts';
import type { AgentIntegrationService } from './features/integrations/agent-integration.service.ts';
import type { IntegrationService } from './features/integrations/integration.service.ts';
import type { Knowledge } from './features/knowledge/knowledge.ts';
import type { LicenceService } from './features/licence/licence.service.ts';
import { createMaintenanceJobs } from './features/maintenance/jobs.ts';
import type { OpenClaw } from './features/openclaw/openclaw.ts';
import type { SavedFilterService } from './features/audit/saved-filter.service.ts';
import type { PromptService } from './features/prompts/prompt.service.ts';
import type { ProviderService } from './features/providers/provider.service.ts';
import type { RatingService } from './features/ratings/rating.service.ts';
import type { ConversationSettingsService } from './features/settings/conversation-settings.service.ts';
import type { ContextService } from './features/settings/context.service.ts';
import type { DomainService } from './features/settings/domain.service.ts';
import { requireSameSecrets } from './features/settings/secret-check.ts';
import type { SettingService } from './features/settings/setting.service.ts';
import type { ShareService } from './features/sharing/share.service.ts';
import type { SharedConversationService } from './features/sharing/shared-conversation.service.ts';
import type { SourceService } from './features/sources/source.service.ts';
import type { TelegramBotService } from './features/telegram/bot.service.ts';
import type { TelegramLinkService } from './features/telegram/link.service.ts';
import type { UploadService } from './features/uploads/upload.service.ts';
import type { AccountService } from './features/users/account.service.ts';
import type { InviteService } from './features/users/invite.service.ts';
import type { UserService } from './features/users/user.service.ts';
import type { AddressPolicy } from './platform/address-guard.ts';
import type { FairQueue } from './platform/fair-queue.ts';
import type { Logger } from './platform/logger.ts';
import type { AgentRuntime } from './runtime/agent-runtime.ts';
import type { Tool } from './tools/tool.ts';
import { wireAgents } from './wire-agents.ts';
import { wireChat } from './wire-chat.ts';
import { wireFoundation } from './wire-foundation.ts';
import { wireTools } from './wire-tools.ts';

export interface Services {
  config: Config;
  log: Logger;
  version: string;
  database: OpenDatabase;
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
  prompts: PromptService;
  savedFilters: SavedFilterService;
  budgets: BudgetService;
  integrations: IntegrationService;
  agentIntegrations: AgentIntegrationService;
  uploads: UploadService;
  documents: DocumentService;
  sources: SourceService;
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
  sharing: { shares: ShareService; shared: SharedConversationService };
  ratings: RatingService;
  conversationSettings: ConversationSettingsService;
  /** Turns of what is read of conversations, and of searches in them. */
  conversationQueues: readonly FairQueue[];
  /** Removes temporary conversations whose time is over. */
  sweepTemporary(signal: AbortSignal): Promise<void>;
  listDataDirectories(path?: string): Promise<{ path: string; name: string }[]>;
  isDatabaseConnected(): Promise<boolean>;
  /** Whether the first admin exists. */
  isSetUp(): Promise<boolean>;
  start(): Promise<void>;
  /** No new work; running answers may finish for `graceMs`, then they are kept as interrupted. */
  stopWork(graceMs: number): Promise<void>;
  stop(): Promise<void>;
}

/** Joins the four wirings, each of which knows those before it. Nothing runs until `start()`. */
export async function createServices(options: {
  config: Config;
  databaseUrl: string;
  version: string;
  log: Logger;
  telegramTimings?: Partial<TelegramTimings> | undefined;
  /** Lets web tools reach what they must not in use: for tests, whose websites are on this machine. */
  webPolicy?: Partial<AddressPolicy> | undefined;
}): Promise<Services> {
  const { config, version, log, telegramTimings } = options;
  const replicaId = randomUUID();
  const foundation = wireFoundation(options);
  const tools = wireTools(foundation, { webPolicy: options.webPolicy });
  const agents = await wireAgents(foundation, tools, { version, replicaId, probe: telegramTimings?.probe });
  const talk = wireChat(foundation, tools, agents, { replicaId, telegramTimings });
  const { chat, telegram } = talk;

  const { database, db, signals, audit, replicas } = foundation;
  const { knowledge, workspaceRoot } = tools;
  const { openclaw, workspaceFiles, accounts } = agents;
  const jobs = createJobRunner({
    pool: database.pool,
    log,
    jobs: createMaintenanceJobs({
      ...{ db, audit, workspaceRoot, dataRoot: config.dataRoot },
      sweepTemporary: talk.sweepTemporary,
    }),
  });
  let sealing: { stop(): Promise<void> } | undefined;
  return {
    ...{ config, log, version, database, signals, audit },
    settings: foundation.settings,
    contexts: foundation.contexts,
    domain: foundation.domain,
    conversationSettings: foundation.conversationSettings,
    licence: foundation.licence,
    sessions: foundation.sessions,
    apiLimiter: foundation.limiters.api,
    auth: foundation.auth,
    providers: foundation.providers,
    agents: agents.agents,
    agentDirectory: tools.agentDirectory,
    accounts,
    users: agents.users,
    invites: agents.invites,
    groups: agents.groups,
    prompts: agents.prompts,
    savedFilters: agents.savedFilters,
    budgets: agents.budgets,
    uploads: agents.uploads,
    documents: agents.documents,
    sources: tools.sources,
    knowledge,
    integrations: tools.integrations,
    agentIntegrations: tools.agentIntegrations,
    tools: { grantable: tools.grantable, all: tools.registry.all() },
    runtime: agents.runtime,
    openclaw,
    ...talk,
    telegramBots: agents.telegramBots,
    listDataDirectories: agents.listDataDirectories,
    isDatabaseConnected: createDatabaseProbe(db),
    isSetUp: () => accounts.exist(),
    async start() {
      await requireSameSecrets(database, config);
      await signals.start();
      await audit.open();
      sealing = audit.startSealing();
      replicas.start();
      foundation.activity.start();
      workspaceFiles.start();
      openclaw?.start();
      await chat.start();
      await telegram.start();
      // Not waited for: nobody should wait for the job queue's tables at the first start.
      if (!config.backgroundJobs) return;
      knowledge.start();
      jobs.start().catch((error: unknown) => log.error({ error }, 'background jobs did not start'));
    },
    async stopWork(graceMs) {
      await telegram.pause();
      await chat.stop(graceMs);
      await agents.reached.stop();
      await telegram.stop();
      await knowledge.stop();
      await jobs.stop();
    },
    async stop() {
      replicas.stop();
      await workspaceFiles.stop();
      await openclaw?.stop();
      await sealing?.stop();
      await foundation.activity.stop();
      await signals.stop();
      await database.close();
    },
  };
}
