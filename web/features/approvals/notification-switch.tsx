import { Switch, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from '../../texts/language.ts';
import { chooseNotifications, notificationChoice } from './notifications.ts';

export function NotificationSwitch() {
  const { t } = useTranslation();
  const [choice, setChoice] = useState(notificationChoice);
  if (choice === 'unsupported') return null;
  if (choice === 'denied') {
    return (
      <Text size="sm" c="dimmed">
        {t('approvals.notifyDenied')}
      </Text>
    );
  }
  return (
    <Switch
      label={t('approvals.notify')}
      description={t('approvals.notifyHint')}
      checked={choice === 'on'}
      onChange={(event) => void chooseNotifications(event.currentTarget.checked).then(setChoice)}
    />
  );
}
