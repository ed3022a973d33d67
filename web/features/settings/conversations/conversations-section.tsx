import { Switch } from '@mantine/core';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../api/client.ts';
import { useTranslation } from '../../../texts/language.ts';
import { notifyDone, notifyError } from '../../../ui/notify.ts';
import { QueryState } from '../../../ui/query-state.tsx';
import { Section } from '../../../ui/section.tsx';
import { SharingSection } from '../../sharing/sharing-section.tsx';

const settingsQuery = queryOptions({
  queryKey: ['conversation-settings'],
  queryFn: ({ signal }) => call('getConversationSettings', { signal }),
});

/** What holds for everybody's conversations. */
export function ConversationsSection() {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const query = useQuery(settingsQuery);
  const save = useMutation({
    mutationFn: (modelTitles: boolean) => call('putConversationSettings', { body: { modelTitles } }),
    onSuccess: (saved) => {
      queryClient.setQueryData(settingsQuery.queryKey, saved);
      notifyDone(t('settings.conversations.saved'));
    },
    onError: notifyError,
  });
  return (
    <>
      <Section title={t('settings.conversations.title')} description={t('settings.conversations.hint')}>
        <QueryState query={query}>
          {({ modelTitles }) => (
            <Switch
              label={t('settings.conversations.modelTitles')}
              checked={save.isPending ? save.variables : modelTitles}
              onChange={(event) => save.mutate(event.currentTarget.checked)}
            />
          )}
        </QueryState>
      </Section>
      <SharingSection />
    </>
  );
}
