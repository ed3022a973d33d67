import { SimpleGrid, Text } from '@mantine/core';
import { useTranslation } from '../../texts/language.ts';
import type { UsageSummary } from '../../../contract/usage.ts';
import { formatMoney } from '../../ui/money.ts';
import {
  changeOf,
  figuresOfBucket,
  formatChange,
  formatCompact,
  formatShare,
  sumFigures,
  totalTokens,
} from './usage-figures.ts';
import classes from './usage.module.css';

/** The period in four figures, beside those of the period before if it is there. */
export function UsageCards({ summary, before }: { summary: UsageSummary; before?: UsageSummary | undefined }) {
  const { t, locale } = useTranslation();
  const { agents } = summary;
  const now = sumsOf(summary);
  const then = before && sumsOf(before);
  const unpriced = agents.filter(({ totalCost }) => totalCost === null).map(({ agentName }) => agentName);
  const unpricedPart =
    unpriced.length > 0
      ? t('usage.unpricedPart', { names: shortList(unpriced, locale, t('usage.others')) })
      : undefined;
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} spacing="md" mb="md">
      <Card
        label={t('usage.tokens')}
        value={formatCompact(now.tokens)}
        {...(then && { before: formatCompact(then.tokens), change: changeOf(now.tokens, then.tokens) })}
      />
      <Card
        label={t('usage.cost')}
        value={now.cost === null ? t('usage.unpriced') : formatMoney(now.cost)}
        {...(then && {
          before: then.cost === null ? t('usage.unpriced') : formatMoney(then.cost),
          change: changeOf(now.cost, then.cost),
        })}
        help={now.cost === null ? t('usage.unpricedHelp') : unpricedPart}
      />
      <Card
        label={t('usage.fromCache')}
        value={formatShare(now.fromCache)}
        {...(then && { before: formatShare(then.fromCache) })}
        help={t('usage.fromCacheHelp')}
      />
      <Card
        label={t('usage.background')}
        value={formatCompact(now.background)}
        {...(then && { before: formatCompact(then.background), change: changeOf(now.background, then.background) })}
        help={t('usage.backgroundHelp')}
      />
    </SimpleGrid>
  );
}

function sumsOf({ totals }: UsageSummary) {
  const [chat, system, plugin] = [totals.chat, totals.system, totals.plugin].map(figuresOfBucket);
  const all = sumFigures([chat, system, plugin].filter((part) => part !== undefined));
  const input = all.input + all.cacheRead + all.cacheWrite;
  return {
    tokens: totalTokens(all),
    cost: all.cost,
    fromCache: input === 0 ? 0 : all.cacheRead / input,
    background: (system ? totalTokens(system) : 0) + (plugin ? totalTokens(plugin) : 0),
  };
}

/** Three names at most: a card is no table. */
function shortList(names: readonly string[], locale: string, others: string): string {
  const shown = names.length > 3 ? [...names.slice(0, 2), others] : [...names];
  return new Intl.ListFormat(locale).format(shown);
}

interface CardProps {
  label: string;
  value: string;
  /** What it was in the period before. */
  before?: string;
  change?: number | undefined;
  help?: string | undefined;
}

function Card({ label, value, before, change, help }: CardProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.card}>
      <Text size="sm" c="dimmed" truncate title={label}>
        {label}
      </Text>
      <Text className={classes.figure}>{value}</Text>
      {before !== undefined && (
        <Text size="sm">
          {change === undefined
            ? t('usage.before', { before })
            : t('usage.changeFrom', { change: formatChange(change), before })}
        </Text>
      )}
      {help && (
        <Text size="xs" c="dimmed">
          {help}
        </Text>
      )}
    </div>
  );
}
