import { createStorageQuota } from './db/storage-quota.ts';
import { createAgentService } from './features/agents/agent.service.ts';
import { createWorkspaceFiles } from './features/agents/workspace-files.ts';
import { createBudgetService } from './features/budgets/budget.service.ts';
import { createReachedBudgets } from './features/budgets/reached-budgets.ts';
import { createSpending } from './features/budgets/spending.ts';
import { createDocumentRoom } from './features/documents/document-room.ts';
import { createDocumentService } from './features/documents/document.service.ts';
import { createDirectoryList } from './features/documents/list-data-directories.ts';
import { createGroupService } from './features/groups/group.service.ts';
import { createSavedFilterService } from './features/audit/saved-filter.service.ts';
import { createPromptService } from './features/prompts/prompt.service.ts';
import { createModelResolver } from './features/providers/model-resolver.ts';
import { createTelegramAccounts } from './channels/telegram/telegram-accounts.ts';
import type { TelegramTimings } from './channels/telegram/ports.ts';
import { createTelegramBotService } from './features/telegram/bot.service.ts';
import { createUploadService } from './features/uploads/upload.service.ts';
import { createAccountService } from './features/users/account.service.ts';
import { createInviteService } from './features/users/invite.service.ts';
import { createUserService } from './features/users/user.service.ts';
import type { AgentRuntime } from './runtime/agent-runtime.ts';
import { createNativeRuntime } from './runtime/native/native-runtime.ts';
import { createTitleWriter } from './runtime/native/write-title.ts';
import { requireDataDirectory } from './tools/files/data-directories.ts';
import type { Foundation } from './wire-foundation.ts';
import type { WiredTools } from './wire-tools.ts';

export type WiredAgents = Awaited<ReturnType<typeof wireAgents>>;

/** Agents and the runtime that runs them, the people and groups who use them, and the files of both. */
export async function wireAgents(
  foundation: Foundation,
  tools: WiredTools,
  options: { version: string; replicaId: string; probe: TelegramTimings['probe'] | undefined },
) {
  const { config, log, db, signals, encryption, audit, contexts, licence, providers, limiters, sessions } = foundation;
  const { workspaceRoot, agentDirectory, agentIntegrations, grantable, registry, toolGate, images } = tools;
  const { dataRoot, providerRoots } = config;

  const reached = createReachedBudgets({ db, signals, audit, log });
  const spending = createSpending({ db, signals, priceUsage: foundation.prices.ofStep, onSpent: reached.look });
  // Its client takes 9 MB of memory, which the built-in runtime has no use for.
  const openclaw =
    config.openclaw &&
    (await import('./features/openclaw/openclaw.ts')).createOpenClaw({
      ...{ ...config.openclaw, db, signals, contexts, providers, toolGate, images, spending, registry, log },
      ...{ version: options.version, replicaId: options.replicaId },
      encryptionKey: config.encryptionKey,
      roots: providerRoots,
      agents: agentDirectory,
    });
  const resolveModel = createModelResolver({ providers, roots: providerRoots, log }, foundation.precedence.giveWay);
  const runtime: AgentRuntime =
    openclaw?.runtime ?? createNativeRuntime({ resolveModel, toolGate, registry, images, spending, log });

  const budgets = createBudgetService({ db, signals, audit, agents: agentDirectory });
  const telegramBots = createTelegramBotService({
    ...{ db, signals, audit, encryption },
    accounts: createTelegramAccounts(config.telegramApiRoot, options.probe),
  });
  const workspaceFiles = createWorkspaceFiles({ db, signals, contexts, workspaceRoot, log });
  const agents = createAgentService({
    ...{ db, signals, audit, providers, licence, runtime },
    removeWorkspace: (agentId) => workspaceFiles.remove(agentId),
    isKnownTool: (id) => grantable.some((tool) => tool.id === id),
    requireDataDirectory: (path) => requireDataDirectory(dataRoot, path),
    prepareGrant: agentIntegrations.prepareGrant,
    restoreGrants: agentIntegrations.restoreGrants,
    copyGrants: agentIntegrations.copyGrants,
    async beforeRemove(tx, actor, agentId) {
      await telegramBots.removeWithAgent(tx, actor, agentId);
      await budgets.removeWith(tx, actor, { agentId });
    },
  });
  const limiter = limiters.attempts;
  const accounts = createAccountService({ db, signals, audit, sessions, agents, limiter });
  const invites = createInviteService({
    ...{ db, signals, audit, licence, sessions, accounts, limiter },
    findDefaultModel: () => providers.findDefaultModel(),
  });
  const users = createUserService({
    ...{ db, signals, audit, sessions, licence, agents, invites },
    activity: foundation.activity,
  });
  const groups = createGroupService({
    ...{ db, signals, audit },
    beforeRemove: (tx, actor, groupId) => budgets.removeWith(tx, actor, { groupId }),
  });
  const prompts = createPromptService({ db, signals, audit });
  const savedFilters = createSavedFilterService({ db, signals, audit });

  const quota = createStorageQuota(config.limits.bytesPerPerson);
  const uploads = createUploadService({
    ...{ db, signals, audit, agentDirectory, workspaceRoot, quota },
    cache: tools.documentCache,
  });
  const documents = createDocumentService({
    room: createDocumentRoom({ dataRoot, limitBytes: config.limits.documentBytes }),
    ...{ dataRoot, signals, audit, log },
  });
  return {
    ...{ openclaw, runtime, telegramBots, workspaceFiles, agents, accounts, invites, users, groups, prompts },
    ...{ savedFilters, budgets, spending, reached },
    ...{ quota, uploads, documents },
    writeTitle: createTitleWriter({ resolveModel, spending, log }),
    listDataDirectories: createDirectoryList(dataRoot),
  };
}
