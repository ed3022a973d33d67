import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { CirclePlay, OctagonX } from 'lucide-react';
import type { Agent } from '../../../contract/agents.ts';
import { call } from '../../api/client.ts';
import { useTranslation } from '../../texts/language.ts';
import { askToConfirm } from '../../ui/confirm.ts';
import { notifyDone, notifyError } from '../../ui/notify.ts';
import { agentKeys } from './agent-queries.ts';

/** Stops an agent at once, or lets it go on. */
export function StopSwitch({ agent: { id, name, stopped } }: { agent: Agent }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const refresh = () => queryClient.invalidateQueries({ queryKey: agentKeys.all });
  const resume = async () => {
    try {
      await call('resumeAgent', { params: { id } });
      await refresh();
      notifyDone(t('agents.isResumed', { name }));
    } catch (error) {
      notifyError(error);
    }
  };
  const stop = () =>
    askToConfirm({
      title: t('agents.stopQuestion', { name }),
      body: t('agents.stopBody'),
      confirm: t('agents.stopConfirm'),
      action: async () => {
        await call('stopAgent', { params: { id } });
        await refresh();
        notifyDone(t('agents.isStopped', { name }));
      },
    });
  if (stopped) {
    return (
      <Button leftSection={<CirclePlay size={16} aria-hidden />} onClick={() => void resume()}>
        {t('agents.resume')}
      </Button>
    );
  }
  return (
    <Button variant="default" leftSection={<OctagonX size={16} aria-hidden />} onClick={stop}>
      {t('agents.stop')}
    </Button>
  );
}
