import { Badge, Group, Progress, Text } from '@mantine/core';
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
    unreadable > 0 && t('knowledge.unreadableCount', { count: unreadable }),
    indexedAt && t('knowledge.indexedAt', { at: formats.dateTime(indexedAt) }),
  ].filter((figure) => typeof figure === 'string');
  return (
    <>
      <Group gap={8}>
        <Text size="xs" c="dimmed">
          {figures.join(' · ')}
        </Text>
        <Badge size="sm" variant="light" color={colors[state]}>
          {t(`knowledge.states.${state}`)}
        </Badge>
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

const colors = { ready: 'teal', indexing: 'yellow', off: 'gray' } as const;
