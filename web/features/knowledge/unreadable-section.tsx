import { Group, Pagination, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { unreadableCodes } from '../../../contract/unreadable-codes.ts';
import { useTranslation } from '../../texts/language.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { usePageLabels } from '../../ui/pages.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { Section } from '../../ui/section.tsx';
import classes from './knowledge.module.css';
import { unreadableOfPage, unreadableQuery } from './knowledge-queries.ts';
import { dataRoot } from './knowledge-search.ts';

/** What no agent finds, each with why and what to do. */
export function UnreadableSection({ directory }: { directory: string }) {
  const labels = usePageLabels();
  const { t } = useTranslation();
  const [page, setPage] = useState(1);
  const query = useQuery(unreadableQuery(directory === dataRoot ? undefined : directory, page));
  /** Undefined for the code of a newer server. */
  const sentenceOf = (code: string) => {
    const known = unreadableCodes.find((each) => each === code);
    return known && t(`knowledge.reasons.${known}`);
  };
  return (
    <Section title={t('knowledge.unreadable')} description={t('knowledge.unreadableHint')}>
      <QueryState query={query} lines={2}>
        {({ documents, total }) =>
          total === 0 ? (
            <EmptyState picture="done">{t('knowledge.unreadableNone')}</EmptyState>
          ) : (
            <>
              <ul className={classes.list} aria-label={t('knowledge.unreadable')}>
                {documents.map(({ path, reason, code }) => (
                  <li key={path} className={classes.row}>
                    <div className={classes.rowText}>
                      <Text size="sm" fw={550}>
                        <bdi>{path}</bdi>
                      </Text>
                      <Text size="sm">{sentenceOf(code) ?? reason}</Text>
                    </div>
                  </li>
                ))}
              </ul>
              {total > unreadableOfPage && (
                <Group justify="flex-end" mt="md">
                  <Pagination
                    aria-label={t('knowledge.unreadablePages')}
                    total={Math.ceil(total / unreadableOfPage)}
                    value={page}
                    onChange={setPage}
                    {...labels}
                  />
                </Group>
              )}
            </>
          )
        }
      </QueryState>
    </Section>
  );
}
