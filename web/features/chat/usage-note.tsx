import { useTranslation } from '../../texts/language.ts';
import type { MessageUsage } from '../../../contract/socket.ts';
import type { TranscriptMessage } from './conversation-types.ts';
import { Tooltip } from '../../ui/tooltip.tsx';
import { formatExactMoney, formatMoney } from '../../ui/money.ts';
import { wholeNumber } from './formats.ts';

/** Tokens and price of an answer; for admins, who answer for the bill. */
export default function UsageNote({ messages }: { messages: readonly TranscriptMessage[] }) {
  const { t } = useTranslation();
  const usage = messages.flatMap((message) => message.usage ?? []).reduce<MessageUsage | undefined>(sum, undefined);
  if (!usage) return null;
  const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens, cost } = usage;
  const count = inputTokens + outputTokens + cacheReadTokens + cacheWriteTokens;
  const detail = t('chat.tokensDetail', {
    input: wholeNumber(inputTokens),
    output: wholeNumber(outputTokens),
    cacheRead: wholeNumber(cacheReadTokens),
    cacheWrite: wholeNumber(cacheWriteTokens),
  });
  return (
    <Tooltip label={cost === null ? detail : `${detail} · ${formatExactMoney(Number(cost))}`}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- its tooltip has to open by keyboard */}
      <span tabIndex={0}>
        {t('chat.tokens', { count, formatted: wholeNumber(count) })} ·{' '}
        {cost === null ? t('chat.unpriced') : formatMoney(Number(cost))}
      </span>
    </Tooltip>
  );
}

/** The price of the whole is unknown as soon as one part's is. */
function sum(total: MessageUsage | undefined, usage: MessageUsage): MessageUsage {
  if (!total) return usage;
  const cost = total.cost === null || usage.cost === null ? null : String(Number(total.cost) + Number(usage.cost));
  return {
    inputTokens: total.inputTokens + usage.inputTokens,
    outputTokens: total.outputTokens + usage.outputTokens,
    cacheReadTokens: total.cacheReadTokens + usage.cacheReadTokens,
    cacheWriteTokens: total.cacheWriteTokens + usage.cacheWriteTokens,
    cost,
  };
}
