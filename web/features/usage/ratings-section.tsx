import { Button, Group, Progress, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import { useTranslation } from '../../texts/language.ts';
import { useAgentIcon } from '../agents/use-agent-icon.ts';
import { AgentAvatar } from '../../ui/agent-avatar.tsx';
import { lazyPart } from '../../ui/import-part.ts';
import { QueryState } from '../../ui/query-state.tsx';
import { Section } from '../../ui/section.tsx';
import { formatCount, formatShare } from './usage-figures.ts';
import { ratingSummaryQuery } from './usage-queries.ts';
import type { UsageSearch } from './usage-search.ts';

const SharedRatings = lazyPart(() => import('./shared-ratings.tsx'));

/** How people rated answers, by agent and model. */
export function RatingsSection({ search }: { search: UsageSearch }) {
  const { t } = useTranslation();
  const iconOf = useAgentIcon();
  const query = useQuery(ratingSummaryQuery(search));
  const [reading, setReading] = useState(false);
  return (
    <Section title={t('usage.ratings.title')} description={t('usage.ratings.hint')}>
      <QueryState query={query}>
        {({ ratings, shared }) =>
          ratings.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('usage.ratings.none')}
            </Text>
          ) : (
            <Stack>
              <Table.ScrollContainer
                minWidth={560}
                scrollAreaProps={{
                  viewportProps: { tabIndex: 0, role: 'region', 'aria-label': t('usage.ratings.title') },
                }}
              >
                <Table verticalSpacing="sm">
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th>{t('usage.agent')}</Table.Th>
                      <Table.Th>{t('usage.ratings.model')}</Table.Th>
                      <Table.Th ta="right">{t('usage.ratings.good')}</Table.Th>
                      <Table.Th ta="right">{t('usage.ratings.bad')}</Table.Th>
                      <Table.Th w={160}>{t('usage.ratings.share')}</Table.Th>
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody style={{ fontVariantNumeric: 'tabular-nums' }}>
                    {ratings.map(({ agentId, agentName, model, up, down }) => (
                      <Table.Tr key={`${agentId} ${model}`}>
                        <Table.Td>
                          <Group gap="sm" wrap="nowrap">
                            <AgentAvatar id={agentId} icon={iconOf(agentId)} size={24} />
                            <Text size="sm" truncate maw={200}>
                              {agentName}
                            </Text>
                          </Group>
                        </Table.Td>
                        <Table.Td>
                          <Text size="sm" truncate maw={220}>
                            {model ?? t('usage.ratings.modelUnknown')}
                          </Text>
                        </Table.Td>
                        <Table.Td ta="right">{formatCount(up)}</Table.Td>
                        <Table.Td ta="right">{formatCount(down)}</Table.Td>
                        <Table.Td>
                          <Group gap="xs" wrap="nowrap">
                            <Progress value={(100 * up) / (up + down)} w={80} aria-hidden />
                            {formatShare(up / (up + down))}
                          </Group>
                        </Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              </Table.ScrollContainer>
              {shared > 0 && !reading && (
                <Group gap="sm">
                  <Button variant="default" size="xs" onClick={() => setReading(true)}>
                    {t('usage.ratings.read', { count: shared })}
                  </Button>
                  <Text size="xs" c="dimmed">
                    {t('usage.ratings.readHint')}
                  </Text>
                </Group>
              )}
              {reading && (
                <Suspense>
                  <SharedRatings search={search} />
                </Suspense>
              )}
            </Stack>
          )
        }
      </QueryState>
    </Section>
  );
}
