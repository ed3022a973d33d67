import { Stack, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import i18next from 'i18next';
import type { ReactNode } from 'react';
import { notifyError } from './notify.ts';

interface Question {
  title: string;
  /** What will happen, so that nobody is surprised. */
  body: ReactNode;
  confirm: string;
  danger?: boolean;
  action: () => Promise<void>;
}

/** Asks before something that cannot be undone, or that others will notice. */
export function askToConfirm({ title, body, confirm, danger = true, action }: Question): void {
  modals.openConfirmModal({
    title,
    children: <Stack gap="xs">{typeof body === 'string' ? <Text size="sm">{body}</Text> : body}</Stack>,
    labels: { confirm, cancel: i18next.t('common.cancel') },
    confirmProps: danger ? { color: 'red' } : {},
    onConfirm: () => {
      action().catch(notifyError);
    },
  });
}
