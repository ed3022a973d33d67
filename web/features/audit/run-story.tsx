import { Drawer, Stack, Text, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { AuditEntry, AuditRun } from '../../../contract/audit.ts';
import { visibleText } from '../../../contract/visible-text.ts';
import { useSentences } from '../../sentences/sentences.ts';
import { useTranslation } from '../../texts/language.ts';
import { QueryState } from '../../ui/query-state.tsx';
import { formatMoney } from '../../ui/money.ts';
import { formatCount } from '../usage/usage-figures.ts';
import { moment } from './audit-formats.ts';
import { auditRunQuery } from './audit-queries.ts';
import classes from './audit.module.css';
import { lineOf } from './entry-words.ts';
import { useWords } from './use-words.ts';

interface RunStoryDrawerProps {
  runId: string | undefined;
  onClose: () => void;
  onOpen: (entry: AuditEntry) => void;
}

/** A run from the question to its end: who asked whom when, what was done and decided, and what it cost. */
export function RunStoryDrawer({ runId, onClose, onOpen }: RunStoryDrawerProps) {
  const { t } = useTranslation();
  const query = useQuery({ ...auditRunQuery(runId ?? ''), enabled: runId !== undefined });
  const story = query.data;
  return (
    <Drawer
      opened={runId !== undefined}
      onClose={onClose}
      position="right"
      size="lg"
      title={
        story
          ? t('trail.story.title', {
              person: story.personName ?? t('trail.somebody'),
              agent: story.agentName ?? t('trail.anAgent'),
            })
          : t('trail.run')
      }
    >
      <QueryState query={query} lines={6}>
        {(found) => <Story story={found} onOpen={onOpen} />}
      </QueryState>
    </Drawer>
  );
}

function Story({ story, onOpen }: { story: AuditRun; onOpen: (entry: AuditEntry) => void }) {
  const { t } = useTranslation();
  const say = useSentences();
  const words = useWords();
  const { run, models, inputTokens, outputTokens, cost, entries } = story;
  const facts = [
    ...(run
      ? [
          [t('trail.story.askedAt'), moment(run.askedAt)],
          [t('trail.story.state'), t(`trail.story.states.${run.state}`)],
          ...(run.finishedAt ? [[t('trail.story.took'), durationOf(run.askedAt, run.finishedAt)]] : []),
          [t('trail.story.steps'), formatCount(run.steps)],
        ]
      : []),
    ...(models.length > 0
      ? [
          [t('trail.story.models'), models.map(words.modelName).join(', ')],
          [
            t('trail.story.tokens'),
            t('trail.story.tokensOf', { input: formatCount(inputTokens), output: formatCount(outputTokens) }),
          ],
          [t('trail.story.cost'), cost === null ? t('usage.unpriced') : formatMoney(Number(cost))],
        ]
      : []),
  ];
  return (
    <Stack gap="lg">
      {!run && <Text size="sm">{t('trail.story.gone')}</Text>}
      <dl className={classes.facts}>
        {facts.map(([label, text]) => (
          <div key={label} style={{ display: 'contents' }}>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <div>
        <Text fw={600} size="sm" mb="sm">
          {t('trail.story.happened')}
        </Text>
        <ol className={classes.steps}>
          {entries.map((entry) => (
            <li key={entry.id} className={classes.step} data-failed={entry.outcome === 'failure' || undefined}>
              <UnstyledButton className={classes.stepLine} onClick={() => onOpen(entry)}>
                {lineOf(words, entry)}
              </UnstyledButton>
              {entry.error && (
                <Text size="xs" c="dimmed">
                  {say(visibleText(entry.error))}
                </Text>
              )}
              <Text size="xs" c="dimmed">
                {moment(entry.timestamp)} · {t('trail.number', { id: entry.id })}
              </Text>
            </li>
          ))}
        </ol>
      </div>
    </Stack>
  );

  function durationOf(from: string, to: string): string {
    const seconds = (Date.parse(to) - Date.parse(from)) / 1_000;
    const digits = new Intl.NumberFormat(words.locale, { maximumFractionDigits: seconds < 10 ? 1 : 0 });
    return t('trail.story.seconds', { seconds: digits.format(seconds) });
  }
}
