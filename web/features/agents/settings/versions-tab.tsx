import { Badge, Button, Code, Group, Pagination, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { History } from 'lucide-react';
import { useState } from 'react';
import type { Agent, AgentVersion } from '../../../../contract/agents.ts';
import { call } from '../../../api/client.ts';
import { useTranslation } from '../../../texts/language.ts';
import { askToConfirm } from '../../../ui/confirm.ts';
import { useFormats } from '../../../ui/formats.ts';
import { notifyDone } from '../../../ui/notify.ts';
import { usePageLabels } from '../../../ui/pages.tsx';
import { QueryState } from '../../../ui/query-state.tsx';
import { Section } from '../../../ui/section.tsx';
import { describeChange, fieldLabel } from '../../audit/entry-words.ts';
import { useWords } from '../../audit/use-words.ts';
import { agentKeys, versionsOfPage, versionsQuery } from '../agent-queries.ts';
import classes from '../agents.module.css';

/** What the agent was after each change, by whom, and the way back. */
export function VersionsTab({ agent }: { agent: Agent }) {
  const labels = usePageLabels();
  const { t } = useTranslation();
  const [page, setPage] = useState(1);
  const query = useQuery(versionsQuery(agent.id, page));
  return (
    <Section title={t('agents.versionsTitle')} description={t('agents.versionsHint')}>
      <QueryState query={query} lines={5}>
        {({ versions, total }) => (
          <>
            <ol className={classes.versions} aria-label={t('agents.versionsTitle')}>
              {versions.map((version) => (
                <Version key={version.number} agent={agent} version={version} isNewest={version.number === total} />
              ))}
            </ol>
            {total > versionsOfPage && (
              <Group justify="flex-end" mt="md">
                <Pagination
                  aria-label={t('agents.versionPages')}
                  total={Math.ceil(total / versionsOfPage)}
                  value={page}
                  onChange={setPage}
                  {...labels}
                />
              </Group>
            )}
          </>
        )}
      </QueryState>
    </Section>
  );
}

function Version({ agent, version, isNewest }: { agent: Agent; version: AgentVersion; isNewest: boolean }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const queryClient = useQueryClient();
  const { number, authorName, createdAt, restoredFrom, changes } = version;
  const restore = () =>
    askToConfirm({
      title: t('agents.restoreQuestion', { number }),
      body: t('agents.restoreBody'),
      confirm: t('agents.restoreConfirm'),
      danger: false,
      action: async () => {
        await call('restoreAgentVersion', { params: { id: agent.id, number: String(number) } });
        await queryClient.invalidateQueries({ queryKey: agentKeys.all });
        notifyDone(t('agents.isRestored', { number }));
      },
    });
  return (
    <li className={classes.version}>
      <Group justify="space-between" gap="sm">
        <div>
          <Group gap={8}>
            <Text fw={600}>{t('agents.version', { number })}</Text>
            {isNewest && (
              <Badge size="sm" variant="light">
                {t('agents.versionCurrent')}
              </Badge>
            )}
          </Group>
          <Text size="sm" c="dimmed">
            {t('agents.versionBy', {
              name: authorName ?? t('agents.versionByPinchy'),
              at: formats.dateTime(createdAt),
            })}
            {restoredFrom !== null && ` · ${t('agents.versionRestored', { number: restoredFrom })}`}
          </Text>
        </div>
        {!isNewest && (
          <Button
            size="sm"
            variant="default"
            leftSection={<History size={15} aria-hidden />}
            aria-label={t('agents.restoreOf', { number })}
            onClick={restore}
          >
            {t('agents.restore')}
          </Button>
        )}
      </Group>
      {Object.keys(changes).length === 0 ? (
        <Text size="sm" mt={6}>
          {t('agents.versionFirst')}
        </Text>
      ) : (
        <Changes version={version} />
      )}
    </li>
  );
}

function Changes({ version: { changes, names } }: { version: AgentVersion }) {
  const { t } = useTranslation();
  const words = useWords();
  const isText = (field: string) => field === 'personality' || field === 'instructions';
  const short = Object.entries(changes).filter(([field]) => !isText(field));
  const lines = short.flatMap(([field, { from, to }]) => describeChange(words, { field, from, to, names }));
  return (
    <Stack gap={6} mt={8}>
      {lines.map(({ field, label, text }) => (
        <Text key={field} size="sm" style={{ overflowWrap: 'anywhere' }}>
          <Text span fw={550}>
            {label}:
          </Text>{' '}
          {text}
        </Text>
      ))}
      {Object.entries(changes)
        .filter(([field]) => isText(field))
        .map(([field, { from, to }]) => (
          <details key={field} className={classes.texts}>
            <summary>{fieldLabel(t, field)}</summary>
            <Texts title={t('agents.textsBefore')} text={String(from)} />
            <Texts title={t('agents.textsAfter')} text={String(to)} />
          </details>
        ))}
    </Stack>
  );
}

function Texts({ title, text }: { title: string; text: string }) {
  return (
    <div>
      <Text size="xs" c="dimmed" mt={6} mb={2}>
        {title}
      </Text>
      <Code block className={classes.text}>
        {text}
      </Code>
    </div>
  );
}
