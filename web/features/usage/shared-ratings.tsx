import { Badge, Button, Group, Spoiler, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { SharedRating } from '../../../contract/ratings.ts';
import { useTranslation } from '../../texts/language.ts';
import { QueryState } from '../../ui/query-state.tsx';
import { sharedRatingsQuery } from './usage-queries.ts';
import type { UsageSearch } from './usage-search.ts';
import classes from './usage.module.css';

/** What people agreed to let admins read. */
export default function SharedRatings({ search }: { search: UsageSearch }) {
  const { t } = useTranslation();
  const query = useInfiniteQuery(sharedRatingsQuery(search));
  return (
    <QueryState query={query}>
      {({ pages }) => (
        <Stack gap="sm">
          {pages
            .flatMap(({ ratings }) => ratings)
            .map((rating, index) => (
              // Nothing tells them apart, so that nothing says whose they are. What is there stays in its place.
              <SharedAnswer key={index} rating={rating} />
            ))}
          {query.hasNextPage && (
            <Button
              variant="default"
              size="xs"
              loading={query.isFetchingNextPage}
              onClick={() => void query.fetchNextPage()}
            >
              {t('usage.ratings.more')}
            </Button>
          )}
        </Stack>
      )}
    </QueryState>
  );
}

function SharedAnswer({ rating }: { rating: SharedRating }) {
  const { t, locale } = useTranslation();
  const { agentName, model, comment, question, answer, date } = rating;
  const isGood = rating.rating === 'up';
  return (
    <article className={classes.card}>
      <Group gap="xs" mb="xs">
        <Badge variant="default">{t(isGood ? 'usage.ratings.good' : 'usage.ratings.bad')}</Badge>
        <Text size="sm" fw={600}>
          {agentName}
        </Text>
        <Text size="xs" c="dimmed">
          {model ?? t('usage.ratings.modelUnknown')} · {new Date(date).toLocaleDateString(locale, { timeZone: 'UTC' })}
        </Text>
      </Group>
      <Stack gap="xs">
        {comment && <Part label={t('usage.ratings.words')} text={comment} />}
        {question && <Part label={t('usage.ratings.question')} text={question} />}
        <Part label={t('usage.ratings.answer')} text={answer} />
      </Stack>
    </article>
  );
}

function Part({ label, text }: { label: string; text: string }) {
  const { t } = useTranslation();
  return (
    <div>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Spoiler maxHeight={72} showLabel={t('usage.ratings.more')} hideLabel={t('usage.ratings.less')}>
        <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }} dir="auto">
          {text}
        </Text>
      </Spoiler>
    </div>
  );
}
