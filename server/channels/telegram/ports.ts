import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { ChannelAccess } from '../../chat/channel-access.ts';
import type { WritableDatabase } from '../../db/client.ts';
import type { Signals } from '../../db/signals.ts';
import type { AgentDirectory } from '../../features/agents/agent-directory.ts';
import type { BotRow } from '../../features/telegram/bot.queries.ts';
import type { TelegramLinkService } from '../../features/telegram/link.service.ts';
import type { UploadService } from '../../features/uploads/upload.service.ts';
import type { Logger } from '../../platform/logger.ts';
import type { BotApi } from './bot-api.ts';
import type { AnswerFormatter } from './format-answer.ts';

/** Milliseconds, unless said. */
export interface TelegramTimings {
  /** How long a bot stays with a process that is not heard of, and how often it says that it lives. */
  lease: number;
  renew: number;
  /** Seconds that Telegram may wait for updates before it answers that there are none. */
  pollSeconds: number;
  /** The first pause after a conflict; it doubles up to `maxBackoff`. */
  backoff: number;
  maxBackoff: number;
  /** Asking must have gone well for this long after a conflict before it counts as over. */
  steady: number;
  webhookCheck: number;
  /** How long it is watched whether another program polls, when a bot is connected. */
  probe: number;
  /** Photos of one album, and the pieces of one paste, arrive one by one within this time. */
  album: number;
  /** How often a growing answer is looked at, and how often at most it is edited. */
  refresh: number;
  edit: number;
  /** Between messages to one chat. */
  spacing: number;
  /** How often chats that should have moved are looked for, whatever signals said. */
  sweep: number;
}

export const defaultTelegramTimings: TelegramTimings = {
  lease: 12_000,
  renew: 4_000,
  pollSeconds: 25,
  backoff: 3_000,
  maxBackoff: 180_000,
  steady: 20_000,
  webhookCheck: 30_000,
  probe: 3_000,
  album: 1_200,
  refresh: 700,
  edit: 1_500,
  spacing: 1_000,
  sweep: 30_000,
};

export interface TelegramParts {
  db: WritableDatabase;
  signals: Signals;
  audit: AuditTrail;
  chat: ChannelAccess;
  links: Pick<TelegramLinkService, 'findUser' | 'offerPairing'>;
  agents: Pick<AgentDirectory, 'findUsable' | 'findPersonal' | 'findGrant'>;
  uploads: Pick<UploadService, 'save'>;
  formatter: AnswerFormatter;
  timings: TelegramTimings;
  log: Logger;
}

/** A bot that this process answers for now. */
export interface OwnedBot {
  row: BotRow;
  token: string;
  api: BotApi;
  /** Aborted when the bot is given up. */
  signal: AbortSignal;
}
