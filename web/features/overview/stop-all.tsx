import { Button, Group, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { OctagonX } from 'lucide-react';
import type { Overview } from '../../../contract/overview.ts';
import { call } from '../../api/client.ts';
import { useTranslation } from '../../texts/language.ts';
import { askToConfirm } from '../../ui/confirm.ts';
import { notifyDone, notifyError } from '../../ui/notify.ts';
import { Section } from '../../ui/section.tsx';
import { agentKeys } from '../agents/agent-queries.ts';
import { listNames } from './list-names.ts';
import { overviewQuery } from './overview-queries.ts';

/** Ends whatever agents do, everywhere, and lets them go on. */
export function StopAll({ stopped }: { stopped: Overview['stoppedAgents'] }) {
  const { t, locale } = useTranslation();
  const queryClient = useQueryClient();
  const refresh = async () => {
    await queryClient.invalidateQueries({ queryKey: overviewQuery.queryKey });
    await queryClient.invalidateQueries({ queryKey: agentKeys.all });
  };
  const resume = useMutation({
    mutationFn: () => call('resumeAllAgents'),
    onSuccess: async () => {
      await refresh();
      notifyDone(t('overview.allResumed'));
    },
    onError: notifyError,
  });
  const stop = () =>
    askToConfirm({
      title: t('overview.stopQuestion'),
      body: t('overview.stopBody'),
      confirm: t('overview.stopConfirm'),
      action: async () => {
        await call('stopAllAgents');
        await refresh();
        notifyDone(t('overview.allStopped'));
      },
    });
  const names = listNames(locale, stopped);
  return (
    <Section title={t('overview.stopTitle')} description={t('overview.stopHint')}>
      {stopped.length > 0 && (
        <Text size="sm" mb="sm">
          {t('overview.stopped', { count: stopped.length, names })}
        </Text>
      )}
      <Group gap="sm">
        <Button variant="default" leftSection={<OctagonX size={16} aria-hidden />} onClick={stop}>
          {t('overview.stopAll')}
        </Button>
        {stopped.length > 0 && (
          <Button loading={resume.isPending} onClick={() => resume.mutate()}>
            {t('overview.resumeAll')}
          </Button>
        )}
      </Group>
    </Section>
  );
}
