import type { ErrorCode } from '../../../contract/common.ts';

/** What the rules look at of the agent that a bot answers for. */
export interface BotAgentFacts {
  /** A personal agent always stands for the main bot, through which people link their accounts. */
  isPersonal: boolean;
}

interface Refusal {
  code: ErrorCode;
  sentence: string;
}

/** Why this bot cannot be connected to an agent, if so. `replaced` is the bot that it would take the place of. */
export function connectRefusal(
  agent: BotAgentFacts,
  bots: { hasMain: boolean; taken: { id: number } | undefined; replaced: { id: number } | undefined },
): Refusal | undefined {
  if (!agent.isPersonal && !bots.hasMain)
    return {
      code: 'telegram_not_configured',
      sentence: 'Connect the main bot first: people link their Telegram accounts through it.',
    };
  if (bots.taken && bots.taken.id !== bots.replaced?.id)
    return {
      code: 'conflict',
      sentence: 'This bot is connected to another agent already. Disconnect it there, or make another bot.',
    };
  return undefined;
}

/** Why this agent's bot cannot be disconnected alone, if so. */
export const disconnectRefusal = (agent: BotAgentFacts): Refusal | undefined =>
  agent.isPersonal
    ? {
        code: 'invalid_request',
        sentence: 'The main bot cannot be disconnected alone. Remove Telegram for everyone under Settings → Telegram.',
      }
    : undefined;
