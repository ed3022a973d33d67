import { replaceBotHealth } from './bot-lease.queries.ts';
import type { OwnedBot, TelegramParts } from './ports.ts';
import { backoff } from './pause.ts';
import type { TelegramFault } from './telegram-fault.ts';
import { systemAuthority } from '../../db/authority.ts';

/** Watches how asking Telegram goes: says how long to wait, and shows lasting trouble in the settings and the trail. */
export interface BotHealth {
  succeeded(): Promise<void>;
  /** Returns the milliseconds to wait before the next try. */
  failed(fault: TelegramFault, sentence?: string): Promise<number>;
}

/** Failures in a row that make trouble of each kind; a single conflict is normal when another process takes over. */
const patience = { conflict: 2, unauthorised: 1, unreachable: 3, flood: 3, refused: 1 } as const;

export function createBotHealth(parts: Pick<TelegramParts, 'signals' | 'audit' | 'timings'>, bot: OwnedBot): BotHealth {
  const { signals, audit, timings } = parts;
  const { id, username } = bot.row;
  let isDegraded = bot.row.state === 'degraded';
  let reason = bot.row.reason;
  let failures = 0;
  let conflictAt = 0;
  let goodSince = 0;

  async function write(state: 'ok' | 'degraded', nextReason: string | null): Promise<void> {
    await signals.transaction(systemAuthority, async (tx) => {
      const before = await replaceBotHealth(tx, id, { state, reason: nextReason });
      if (before === undefined || before === state) return;
      const common = { actor: { type: 'system' }, resource: `agent:${bot.row.agentId}` } as const;
      const detail = { botId: id, botUsername: username };
      if (nextReason === null) await audit.record(tx, { eventType: 'channel.recovered', ...common, detail });
      else {
        await audit.record(tx, {
          eventType: 'channel.degraded',
          ...common,
          outcome: 'failure',
          error: nextReason,
          detail: { ...detail, reason: nextReason },
        });
      }
    });
    isDegraded = state === 'degraded';
    reason = nextReason;
  }

  return {
    async succeeded() {
      failures = 0;
      goodSince ||= Date.now();
      if (!isDegraded) return;
      // Two programs that ask in turn throw each other out: one success does not mean that the other is gone.
      if (conflictAt > 0 && Date.now() - goodSince < timings.steady) return;
      conflictAt = 0;
      await write('ok', null);
    },
    async failed(fault, sentence) {
      goodSince = 0;
      failures += 1;
      if (fault.kind === 'conflict') conflictAt = Date.now();
      const kind = fault.kind in patience ? (fault.kind as keyof typeof patience) : 'refused';
      const nextReason = sentence ?? explain(fault);
      if (failures >= patience[kind] && (!isDegraded || reason !== nextReason)) await write('degraded', nextReason);
      const longest = kind === 'unreachable' ? Math.min(60_000, timings.maxBackoff) : timings.maxBackoff;
      const wait = backoff(failures, timings.backoff, longest);
      return Math.max(wait, (fault.retryAfterSeconds ?? 0) * 1_000);
    },
  };
}

function explain(fault: TelegramFault): string {
  switch (fault.kind) {
    case 'conflict':
      return /webhook/i.test(fault.description)
        ? 'Another program has set a webhook for this bot. Stop it there, or make a new token at @BotFather and connect it here.'
        : 'Another program receives this bot’s messages. Stop it there, or make a new token at @BotFather and connect it here.';
    case 'unauthorised':
      return 'Telegram does not accept the bot’s token any more. Copy the current one from @BotFather and connect it here.';
    case 'unreachable':
      return 'Telegram cannot be reached from this server.';
    case 'flood':
      return 'Telegram asks to wait before the next request.';
    default:
      return `Telegram refuses the bot’s requests: ${fault.description}`;
  }
}
