import { Alert, Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { maxReaders } from '../../../contract/limits.ts';
import type { Share } from '../../../contract/sharing.ts';
import { call } from '../../api/client.ts';
import { useTranslation } from '../../texts/language.ts';
import { CopyLink } from '../../ui/copy-link.tsx';
import { FormAlert } from '../../ui/form-alert.tsx';
import { FormModal } from '../../ui/form-modal.tsx';
import { useFormats } from '../../ui/formats.ts';
import { messageOf, notifyDone } from '../../ui/notify.ts';
import { QueryState } from '../../ui/query-state.tsx';
import edges from '../../ui/scroll-edges.module.css';
import { readersQuery, shareQuery } from './sharing-queries.ts';

interface ShareDialogProps {
  agentId: string;
  agentName: string;
  chatId: string;
  onClose: () => void;
}

/** Who may read a conversation, and the link for them. */
export default function ShareDialog({ agentId, agentName, chatId, onClose }: ShareDialogProps) {
  const { t } = useTranslation();
  const query = useQuery({ ...shareQuery({ agentId, chatId }), staleTime: 0 });
  return (
    <FormModal
      opened
      onClose={onClose}
      saved={query.data && JSON.stringify(query.data.share)}
      size="lg"
      title={t('sharing.title')}
    >
      <QueryState query={query}>
        {({ enabled, share }) => (
          <Stack>
            {enabled ? (
              <>
                <Text size="sm">{t('sharing.intro')}</Text>
                <Text size="sm">{t('sharing.rights', { agent: agentName })}</Text>
              </>
            ) : (
              <Alert variant="light" color="gray">
                {t('sharing.off')}
              </Alert>
            )}
            <Readers key={share?.id} {...{ agentId, chatId, share, enabled }} />
          </Stack>
        )}
      </QueryState>
    </FormModal>
  );
}

const valueOf = (kind: 'user' | 'group', { id }: { id: string }) => `${kind}:${id}`;
const idsOf = (kind: 'user' | 'group', values: readonly string[]) =>
  values.flatMap((value) => (value.startsWith(`${kind}:`) ? [value.slice(kind.length + 1)] : []));

interface ReadersProps {
  agentId: string;
  chatId: string;
  share: Share | null;
  enabled: boolean;
}

function Readers({ agentId, chatId, share, enabled }: ReadersProps) {
  const { t } = useTranslation();
  const { dateTime } = useFormats();
  const queryClient = useQueryClient();
  const params = { agentId, chatId };
  const named = [
    ...(share?.users ?? []).map((user) => valueOf('user', user)),
    ...(share?.groups ?? []).map((group) => valueOf('group', group)),
  ];
  const [chosen, setChosen] = useState(named);
  const choice = useReaderChoice(agentId, share, { enabled, chosen });
  const settle = () => queryClient.invalidateQueries({ queryKey: shareQuery(params).queryKey });
  const save = useMutation({
    mutationFn: (refresh: boolean) =>
      call('putShare', {
        params,
        body: { userIds: idsOf('user', chosen), groupIds: idsOf('group', chosen), refresh },
      }),
    onSuccess: (_share, refresh) => {
      notifyDone(t(refresh ? 'sharing.refreshed' : 'sharing.saved'));
      return settle();
    },
  });
  const stop = useMutation({
    mutationFn: () => call('deleteShare', { params }),
    onSuccess: () => {
      notifyDone(t('sharing.stopped'));
      return settle();
    },
  });
  const isChanged = chosen.length !== named.length || chosen.some((value) => !named.includes(value));
  const problem = save.error ?? stop.error;
  return (
    <>
      <FormAlert message={problem ? messageOf(problem) : null} />
      {enabled && <ReaderChoice choice={choice} chosen={chosen} onChange={setChosen} />}
      {share && enabled && (
        <>
          <CopyLink hint={t('sharing.linkHint')} link={`${location.origin}/shared/${share.id}`} />
          <Text size="sm" c="dimmed">
            {t('sharing.state', { count: share.messages, date: dateTime(share.sharedAt) })}
          </Text>
        </>
      )}
      <Group justify="flex-end">
        {share && (
          <Button variant="default" loading={stop.isPending} onClick={() => stop.mutate()}>
            {t('sharing.stop')}
          </Button>
        )}
        {share && enabled && (
          <Button
            variant="default"
            disabled={chosen.length === 0}
            loading={save.isPending && save.variables}
            onClick={() => save.mutate(true)}
          >
            {t('sharing.refresh')}
          </Button>
        )}
        {enabled && (
          <Button
            disabled={chosen.length === 0 || !isChanged}
            loading={save.isPending && !save.variables}
            onClick={() => save.mutate(false)}
          >
            {t(share ? 'common.save' : 'sharing.share')}
          </Button>
        )}
      </Group>
    </>
  );
}

interface ReaderChoiceProps {
  choice: ReturnType<typeof useReaderChoice>;
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}

function ReaderChoice({ choice: { readers, words, setWords }, chosen, onChange }: ReaderChoiceProps) {
  const { t } = useTranslation();
  const isFull = chosen.length >= maxReaders;
  return (
    <>
      <TextInput
        type="search"
        label={t('sharing.search')}
        value={words}
        maxLength={200}
        data-autofocus
        onChange={({ currentTarget }) => setWords(currentTarget.value)}
      />
      <Checkbox.Group value={[...chosen]} onChange={onChange} label={t('sharing.readers')}>
        <Stack gap="sm" py={6} mah={220} className={edges.ends}>
          {readers.length === 0 && (
            <Text size="sm" c="dimmed">
              {t('sharing.nobody')}
            </Text>
          )}
          {readers.map(({ value, label, kind }) => (
            <Checkbox
              key={value}
              value={value}
              label={label}
              description={kind === 'group' ? t('sharing.group') : undefined}
              disabled={isFull && !chosen.includes(value)}
            />
          ))}
        </Stack>
      </Checkbox.Group>
    </>
  );
}

interface Reader {
  kind: 'user' | 'group';
  value: string;
  label: string;
}

/** What is found by name, and always those who are chosen, so that they have names. */
function useReaderChoice(
  agentId: string,
  share: Share | null,
  { enabled, chosen }: { enabled: boolean; chosen: readonly string[] },
) {
  const [words, setWords] = useState('');
  const [asked] = useDebouncedValue(words.trim(), 200);
  const { data: found } = useQuery({ ...readersQuery(agentId, asked), enabled });
  const [seen, setSeen] = useState<ReadonlyMap<string, Reader>>(new Map());
  const people: Reader[] = [
    ...(share?.users ?? []).map((user) => ({ kind: 'user' as const, value: valueOf('user', user), label: user.name })),
    ...(found?.people ?? []).map((person) => ({
      kind: 'user' as const,
      value: valueOf('user', person),
      label: person.email ? `${person.name} (${person.email})` : person.name,
    })),
  ];
  const groups: Reader[] = [...(share?.groups ?? []), ...(found?.groups ?? [])].map((group) => ({
    kind: 'group' as const,
    value: valueOf('group', group),
    label: group.name,
  }));
  const listed = [...people, ...groups];
  const isNew = listed.some(({ value }) => !seen.has(value));
  if (isNew) setSeen(new Map([...seen, ...listed.map((reader) => [reader.value, reader] as const)]));
  const isListed = (value: string) => listed.some((reader) => reader.value === value);
  const kept = chosen.flatMap((value) => (isListed(value) ? [] : (seen.get(value) ?? [])));
  // Who is chosen stays in sight, whatever is looked for.
  return { readers: unique([...kept, ...listed]), words, setWords };
}

const unique = (readers: readonly Reader[]) => [...new Map(readers.map((one) => [one.value, one])).values()];
