import { Alert, Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ShieldAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { call } from '../../api/client.ts';
import { useTranslation } from '../../texts/language.ts';
import { askToConfirm } from '../../ui/confirm.ts';
import { notifyDone } from '../../ui/notify.ts';
import { moment } from './audit-formats.ts';
import { auditStatusQuery } from './audit-queries.ts';

/** What is wrong with the trail as far as the server knows without verifying it; nothing while all is well. */
export function TrailWarnings() {
  const { t } = useTranslation();
  const { data: status } = useQuery(auditStatusQuery);
  if (!status) return null;
  const { anchor, waiting, waitingSince, lastCheck } = status;
  return (
    <>
      {anchor === 'missing' && <MissingAnchor />}
      {(anchor === 'contradicted' || anchor === 'unreadable') && (
        <Warning title={t('audit.anchorContradictedTitle')}>{t('audit.anchorContradicted')}</Warning>
      )}
      {waiting > 0 && (
        <Warning title={t('audit.waitingTitle')}>
          {t('audit.waiting', { count: waiting, since: waitingSince ? moment(waitingSince) : '' })}
        </Warning>
      )}
      {lastCheck && !lastCheck.valid && (
        <Warning title={t('audit.lastCheckTitle')}>{t('audit.lastCheck', { at: moment(lastCheck.at) })}</Warning>
      )}
    </>
  );
}

function MissingAnchor() {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const ask = () =>
    askToConfirm({
      title: t('audit.anchorQuestion'),
      body: t('audit.anchorQuestionBody'),
      confirm: t('audit.anchorConfirm'),
      async action() {
        await call('acknowledgeAnchor');
        await queryClient.invalidateQueries({ queryKey: ['audit'] });
        notifyDone(t('audit.anchorDone'));
      },
    });
  return (
    <Warning title={t('audit.anchorMissingTitle')}>
      {t('audit.anchorMissing')}
      <Button variant="light" color="red" size="xs" mt="sm" display="block" onClick={ask}>
        {t('audit.anchorAgain')}
      </Button>
    </Warning>
  );
}

function Warning({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Alert color="red" icon={<ShieldAlert aria-hidden />} title={title} mb="md">
      {children}
    </Alert>
  );
}
