import { Badge, Text, UnstyledButton } from '@mantine/core';
import type { AuditEntry, AuditGap } from '../../../contract/audit.ts';
import { visibleText } from '../../../contract/visible-text.ts';
import { useSentences } from '../../sentences/sentences.ts';
import { useTranslation } from '../../texts/language.ts';
import { moment } from './audit-formats.ts';
import classes from './audit.module.css';
import { lineOf } from './entry-words.ts';
import { useWords } from './use-words.ts';

interface AuditListProps {
  entries: readonly AuditEntry[];
  gaps: readonly AuditGap[];
  /** What the verification that is shown found changed. */
  tampered: readonly number[];
  onOpen: (entry: AuditEntry) => void;
}

/** A line in words for each entry, which opens it; cards on a phone. */
export function AuditList({ entries, gaps, tampered, onOpen }: AuditListProps) {
  const { t } = useTranslation();
  const say = useSentences();
  const words = useWords();
  return (
    <ol className={classes.entries} aria-label={t('audit.title')}>
      {entries.map((entry) => {
        const isTampered = tampered.includes(entry.id);
        const gap = gaps.find(({ lastId }) => lastId === entry.id - 1);
        return (
          <li key={entry.id}>
            <UnstyledButton
              className={classes.entry}
              onClick={() => onOpen(entry)}
              data-event={entry.eventType}
              data-tampered={isTampered || undefined}
            >
              <span className={classes.time}>{moment(entry.timestamp)}</span>
              <span className={classes.line}>
                <span>{lineOf(words, entry)}</span>
                {isTampered && (
                  <Badge color="red" variant="filled" size="sm" component="span">
                    {t('audit.tampered')}
                  </Badge>
                )}
                {entry.outcome === 'failure' && (
                  <Badge color="red" variant="light" size="sm" component="span">
                    {t('audit.failure')}
                  </Badge>
                )}
                {entry.error && (
                  <Text span size="xs" c="dimmed" lineClamp={2} className={classes.error}>
                    {say(visibleText(entry.error))}
                  </Text>
                )}
              </span>
              <span className={classes.number}>{t('trail.number', { id: entry.id })}</span>
            </UnstyledButton>
            {gap && <Gap gap={gap} />}
          </li>
        );
      })}
    </ol>
  );
}

function Gap({ gap: { firstId, lastId, state } }: { gap: AuditGap }) {
  const { t } = useTranslation();
  return (
    <p className={classes.gap} data-state={state}>
      {t(`trail.gap.${state}`, { count: lastId - firstId + 1, first: firstId, last: lastId })}
    </p>
  );
}
