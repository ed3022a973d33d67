import { Alert, List } from '@mantine/core';
import { ShieldAlert, ShieldCheck } from 'lucide-react';
import { useSentences } from '../../sentences/sentences.ts';
import { useTranslation } from '../../texts/language.ts';
import type { AuditVerification } from '../../../contract/audit.ts';

/** What a verification found, in words. */
export function VerificationResult({ result, onClose }: { result: AuditVerification; onClose: () => void }) {
  const { t } = useTranslation();
  const say = useSentences();
  const close = { withCloseButton: true, onClose, closeButtonLabel: t('common.close'), mb: 'md' } as const;
  if (result.valid) {
    return (
      <Alert color="teal" icon={<ShieldCheck aria-hidden />} title={t('audit.validTitle')} role="status" {...close}>
        {t('audit.valid', { count: result.totalChecked })}
        {result.unsealed > 0 && <> {t('audit.unsealed', { count: result.unsealed })}</>}
      </Alert>
    );
  }
  const { invalidIds, missing, problems } = result;
  return (
    <Alert color="red" icon={<ShieldAlert aria-hidden />} title={t('audit.invalidTitle')} {...close}>
      <List size="sm" mb="xs">
        {invalidIds.length > 0 && (
          <List.Item>{t('audit.invalidIds', { count: invalidIds.length, ids: shortened(invalidIds) })}</List.Item>
        )}
        {missing.map(({ afterId, count }) => (
          <List.Item key={afterId ?? 'start'}>
            {afterId === null ? t('audit.missingStart', { count }) : t('audit.missingAfter', { count, id: afterId })}
          </List.Item>
        ))}
        {problems.map((problem) => (
          <List.Item key={problem}>{say(problem)}</List.Item>
        ))}
      </List>
      {t('audit.invalidNext')}
    </Alert>
  );
}

const shownIds = 20;

const shortened = (ids: readonly number[]) =>
  ids.length > shownIds ? `${ids.slice(0, shownIds).join(', ')} …` : ids.join(', ');
