import { Alert } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { openingRefusals } from '../../../../contract/source-refusals.ts';
import { unreadableCodes } from '../../../../contract/unreadable-codes.ts';
import { ApiError } from '../../../api/api-error.ts';
import { useTranslation } from '../../../texts/language.ts';
import type { Translate } from '../../../texts/translate.ts';
import classes from './source-drawer.module.css';

/** Why a document is not shown. */
export function DocumentRefused({ error, children }: { error: Error; children?: ReactNode }) {
  const { t } = useTranslation();
  const reason = error instanceof ApiError ? error.reason : undefined;
  const sentence = sentenceOf(t, reason) ?? error.message;
  return (
    <Alert
      className={classes.notice}
      color="gray"
      icon={<TriangleAlert size={16} />}
      title={t('chat.sourceNotOpened')}
      role="alert"
    >
      {sentence}
      {children}
    </Alert>
  );
}

/** Undefined for a reason of a newer server. */
function sentenceOf(t: Translate, reason: string | undefined): string | undefined {
  const unreadable = unreadableCodes.find((code) => code === reason);
  if (unreadable) return t(`knowledge.reasons.${unreadable}`);
  const refusal = openingRefusals.find((code) => code === reason);
  return refusal && t(`knowledge.refusals.${refusal}`);
}
