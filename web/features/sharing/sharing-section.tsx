import { Switch } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/client.ts';
import { useTranslation } from '../../texts/language.ts';
import { notifyDone, notifyError } from '../../ui/notify.ts';
import { QueryState } from '../../ui/query-state.tsx';
import { Section } from '../../ui/section.tsx';
import { sharingQuery } from './sharing-queries.ts';

/** Whether people may share conversations at all. */
export function SharingSection() {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const query = useQuery(sharingQuery);
  const save = useMutation({
    mutationFn: (enabled: boolean) => call('putSharing', { body: { enabled } }),
    onSuccess: (saved) => {
      queryClient.setQueryData(sharingQuery.queryKey, saved);
      notifyDone(t(saved.enabled ? 'sharing.setting.on' : 'sharing.setting.off'));
    },
    onError: notifyError,
  });
  return (
    <Section title={t('sharing.setting.title')} description={t('sharing.setting.hint')}>
      <QueryState query={query} lines={1}>
        {({ enabled }) => (
          <Switch
            checked={enabled}
            disabled={save.isPending}
            label={t('sharing.setting.allow')}
            description={t('sharing.setting.offHint')}
            onChange={({ currentTarget: { checked } }) => save.mutate(checked)}
          />
        )}
      </QueryState>
    </Section>
  );
}
