import { Badge, Group, Progress, Text } from '@mantine/core';
import { Fragment } from 'react';
import type { KnowledgeDirectory } from '../../../contract/knowledge.ts';
import { useTranslation } from '../../texts/language.ts';
import { useFormats } from '../../ui/formats.ts';
import classes from './knowledge.module.css';

/** How far a directory is indexed, in a line, and a bar while it goes on. */
export function IndexFigures({ directory }: { directory: KnowledgeDirectory }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { documents, passages, pending, unreadable, indexedAt, state } = directory;
  const known = documents + unreadable + pending;
  const figures = [
    t('knowledge.documentCount', { count: documents }),
    t('knowledge.passageCount', { count: passages }),
    pending > 0 && t('knowledge.pendingCount', { count: pending }),
    unreadable > 0 && (
      <span key="unreadable" className={classes.unreadable}>
        {t('knowledge.unreadableCount', { count: unreadable })}
      </span>
    ),
    indexedAt && t('knowledge.indexedAt', { at: formats.dateTime(indexedAt) }),
    // Nearly all are: a badge on each would hide those that are not.
    state === 'ready' && t('knowledge.states.ready'),
  ].filter((figure) => figure !== false && figure !== null);
  return (
    <>
      <Group gap={8}>
        <Text size="xs" c="dimmed">
          {figures.map((figure, index) => (
            <Fragment key={index}>
              {index > 0 && ' · '}
              {figure}
            </Fragment>
          ))}
        </Text>
        {state !== 'ready' && (
          <Badge size="sm" variant="light" color={colors[state]}>
            {t(`knowledge.states.${state}`)}
          </Badge>
        )}
      </Group>
      {state === 'indexing' && known > 0 && pending > 0 && (
        <Progress
          size="sm"
          mt={6}
          className={classes.progress}
          value={(100 * (known - pending)) / known}
          aria-label={t('knowledge.pendingCount', { count: pending })}
        />
      )}
    </>
  );
}

const colors = { indexing: 'yellow', off: 'gray' } as const;
