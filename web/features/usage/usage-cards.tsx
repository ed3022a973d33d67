import { SimpleGrid, Text } from '@mantine/core';
import { useTranslation } from '../../texts/language.ts';
import type { UsageSummary } from '../../../contract/usage.ts';
import { figuresOfBucket, formatCompact, formatCost, formatShare, sumFigures, totalTokens } from './usage-figures.ts';
import classes from './usage.module.css';

/** The period in four figures. */
export function UsageCards({ summary: { agents, totals } }: { summary: UsageSummary }) {
  const { t, locale } = useTranslation();
  const buckets = {
    chat: figuresOfBucket(totals.chat),
    system: figuresOfBucket(totals.system),
    plugin: figuresOfBucket(totals.plugin),
  };
  const all = sumFigures(Object.values(buckets));
  const input = all.input + all.cacheRead + all.cacheWrite;
  const unpriced = agents.filter(({ totalCost }) => totalCost === null).map(({ agentName }) => agentName);
  const unpricedPart =
    unpriced.length > 0 ? t('usage.unpricedPart', { names: new Intl.ListFormat(locale).format(unpriced) }) : undefined;
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} spacing="md" mb="md">
      <Card label={t('usage.tokens')} value={formatCompact(totalTokens(all))} />
      <Card
        label={t('usage.cost')}
        value={all.cost === null ? t('usage.unpriced') : formatCost(all.cost)}
        help={all.cost === null ? t('usage.unpricedHelp') : unpricedPart}
      />
      <Card
        label={t('usage.fromCache')}
        value={formatShare(input === 0 ? 0 : all.cacheRead / input)}
        help={t('usage.fromCacheHelp')}
      />
      <Card
        label={t('usage.background')}
        value={formatCompact(totalTokens(buckets.system) + totalTokens(buckets.plugin))}
        help={t('usage.backgroundHelp')}
      />
    </SimpleGrid>
  );
}

function Card({ label, value, help }: { label: string; value: string; help?: string | undefined }) {
  return (
    <div className={classes.card}>
      <Text size="sm" c="dimmed" truncate title={label}>
        {label}
      </Text>
      <Text className={classes.figure}>{value}</Text>
      {help && (
        <Text size="xs" c="dimmed">
          {help}
        </Text>
      )}
    </div>
  );
}
