import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useState } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import { call } from '../../api/client.ts';
import { useTranslation } from '../../texts/language.ts';
import { FormAlert } from '../../ui/form-alert.tsx';
import { messageOf } from '../../ui/notify.ts';
import { Section } from '../../ui/section.tsx';
import { agentsQuery } from '../agents/agent-queries.ts';
import classes from './knowledge.module.css';

/** A search as an agent makes it, with what it may read. */
export function SearchSection() {
  const { t } = useTranslation();
  const { data: agents = [] } = useQuery(agentsQuery);
  // Nobody searches with another person's assistant.
  const shared = agents
    .filter(({ isPersonal }) => !isPersonal)
    .toSorted((left, right) => left.name.localeCompare(right.name, undefined, { numeric: true }));
  const [chosen, setChosen] = useState<string | null>(null);
  const [query, setQuery] = useState('');
  // Best one that may read something: any other finds nothing.
  const reader = shared.find(({ pluginConfig }) => (pluginConfig.allowed_paths ?? []).length > 0) ?? shared[0];
  const agentId = chosen ?? reader?.id ?? null;
  const search = useMutation({
    mutationFn: (body: { agentId: string; query: string }) => call('searchKnowledge', { body }),
  });
  return (
    <Section title={t('knowledge.search')} description={t('knowledge.searchHint')}>
      {shared.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('knowledge.searchNoAgents')}
        </Text>
      ) : (
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (agentId !== null && query.trim() !== '') search.mutate({ agentId, query: query.trim() });
          }}
        >
          <Group align="flex-end" gap="sm">
            <Select
              label={t('knowledge.searchAs')}
              data={shared.map(({ id, name }) => ({ value: id, label: name }))}
              value={agentId}
              onChange={setChosen}
              allowDeselect={false}
              flex="1 1 160px"
            />
            <TextInput
              label={t('knowledge.searchFor')}
              value={query}
              onChange={(event) => setQuery(event.currentTarget.value)}
              maxLength={1_000}
              flex="2 1 220px"
            />
            <Button type="submit" loading={search.isPending} leftSection={<Search size={16} aria-hidden />}>
              {t('knowledge.searchAction')}
            </Button>
          </Group>
        </form>
      )}
      <Stack mt="md" gap="xs">
        <FormAlert message={search.isError ? messageOf(search.error) : null} />
        {search.data && <Passages found={search.data} />}
      </Stack>
    </Section>
  );
}

function Passages({ found: { passages, pending } }: { found: AnswerOf<'searchKnowledge'> }) {
  const { t } = useTranslation();
  return (
    <>
      <Text size="sm" role="status">
        {passages.length === 0 ? t('knowledge.searchNothing') : t('knowledge.searchFound', { count: passages.length })}{' '}
        {pending > 0 && t('knowledge.searchPending', { count: pending })}
      </Text>
      <ol className={classes.passages} aria-label={t('knowledge.search')}>
        {passages.map(({ path, place, heading, text }, index) => (
          <li key={`${path} ${place} ${index}`} className={classes.passage}>
            <Text size="sm" fw={550} className={classes.name}>
              <bdi>{path}</bdi>
            </Text>
            <Text size="xs" c="dimmed">
              {[place, heading].filter(Boolean).join(' · ')}
            </Text>
            <Text size="sm" className={classes.passageText}>
              {text}
            </Text>
          </li>
        ))}
      </ol>
    </>
  );
}
