import { minutesLeft } from './approval-display.ts';
import type { BotWorker } from './bot-worker.ts';
import type { TelegramParts } from './ports.ts';
import { describeProposal } from './proposal-text.ts';
import { escapeHtml } from './styled-text.ts';
import { textsIn } from './texts-in.ts';
import { claimUntold } from './waiting.queries.ts';

/** Tells a linked person, once, of calls that wait for them in conversations that no chat shows: each is decided in the browser. */
export async function tellOfWaiting(
  { db, agents }: Pick<TelegramParts, 'db' | 'agents'>,
  workers: ReadonlyMap<number, BotWorker>,
  userId: string,
): Promise<void> {
  if (workers.size === 0) return;
  for (const call of await claimUntold(db, { userId, botIds: [...workers.keys()] })) {
    const agent = await agents.findUsable(userId, call.agentId);
    if (!agent) continue;
    const texts = textsIn(call.language);
    const what = call.proposal ? describeProposal(call.proposal, texts).headline : texts.titleOf(call.toolId);
    workers.get(call.botId)?.tell(call.chatId, escapeHtml(texts.waitsElsewhere(agent.name, what, minutesLeft(call))));
  }
}
