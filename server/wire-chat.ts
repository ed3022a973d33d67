import { createReadingQueue } from './chat/sockets/reading-queue.ts';
import { createConversationService } from './chat/conversations/conversation.service.ts';
import { sweepTemporary } from './chat/conversations/sweep-temporary.ts';
import { createTitleQueue } from './chat/runs/conversation-titles.ts';
import { createSearchQueue } from './chat/conversations/search-conversations.ts';
import type { TelegramTimings } from './channels/telegram/ports.ts';
import { createTelegramChannel } from './channels/telegram/telegram-channel.ts';
import { createChat } from './chat/chat.ts';
import { createShareAccess } from './features/sharing/share-access.ts';
import { createShareService } from './features/sharing/share.service.ts';
import { createSharedConversationService } from './features/sharing/shared-conversation.service.ts';
import { createRatingService } from './features/ratings/rating.service.ts';
import { createTelegramLinkService } from './features/telegram/link.service.ts';
import type { WiredAgents } from './wire-agents.ts';
import type { Foundation } from './wire-foundation.ts';
import type { WiredTools } from './wire-tools.ts';

/** Conversations, wherever they are held: in the browser or on Telegram. */
export function wireChat(
  foundation: Foundation,
  tools: WiredTools,
  agents: WiredAgents,
  options: { replicaId: string; telegramTimings: Partial<TelegramTimings> | undefined },
) {
  const { config, log, database, db, signals, audit, domain, limiters, licence, providers, sessions, settings } =
    foundation;
  const { agentDirectory, toolGate } = tools;
  const { replicaId } = options;
  const [reading, searching, titleQueue] = [createReadingQueue(), createSearchQueue(), createTitleQueue()];
  const chat = createChat({
    ...{ signals, db, audit, reading, replicaId, log },
    runtime: agents.runtime,
    agents: agentDirectory,
    sessions: { current: (token) => sessions.findActorByToken(token) },
    priceUsage: foundation.prices.ofStep,
    spending: agents.spending,
    tools: toolGate,
    messageLimiter: limiters.messages,
    onSaid: foundation.activity.note,
    resolveModel: (reference) => providers.resolveModelId(reference, null),
    quota: agents.quota,
    uploads: agents.uploads,
    titles: {
      isSwitchedOn: async () => (await foundation.conversationSettings.read()).modelTitles,
      writeTitle: agents.writeTitle,
      queue: titleQueue,
    },
    connect: () => database.pool.connect(),
    beginUrgent: foundation.precedence.begin,
  });
  const access = createShareAccess({ settings, licence, agents: agentDirectory });
  const sharing = {
    shares: createShareService({ ...{ db, signals, audit, settings, licence, access }, agents: agentDirectory }),
    shared: createSharedConversationService({
      ...{ db, signals, audit, access, reading },
      agents: agentDirectory,
      uploads: agents.uploads,
      quota: agents.quota,
      copyLimiter: limiters.copies,
      dataRoot: config.dataRoot,
    }),
  };
  const conversations = createConversationService({
    ...{ db, signals, audit, reading, searching },
    agents: agentDirectory,
    uploads: agents.uploads,
    shares: sharing.shares,
  });
  const telegramLinks = createTelegramLinkService({
    ...{ db, signals, audit },
    limiter: limiters.pairings,
    secret: config.authSecret,
    onLinked: (account) => telegram.greet(account),
  });
  const telegram = createTelegramChannel({
    ...{ db, signals, audit, replicaId, log },
    chat: chat.channels,
    links: telegramLinks,
    agents: agentDirectory,
    uploads: agents.uploads,
    root: config.telegramApiRoot,
    filesRoot: config.telegramFilesRoot,
    tokenOf: agents.telegramBots.tokenOf,
    lockedDomain: () => domain.lockedDomain(),
    timings: options.telegramTimings,
  });
  const ratings = createRatingService({ db, signals, audit, agentDirectory });
  const removal = { db, signals, audit, uploads: agents.uploads };
  return {
    ...{ chat, conversations, ratings, sharing, telegramLinks, telegram },
    conversationQueues: [reading, searching, titleQueue],
    sweepTemporary: (signal: AbortSignal) => sweepTemporary(removal, signal),
  };
}
