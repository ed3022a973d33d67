import '@mantine/notifications/styles.css';
import { Button, Group } from '@mantine/core';
import { Notifications, notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { newId } from './new-id.ts';
import { type Notice, subscribeToNotices, takeUntold } from './notify.ts';

/** Where `notify…` shows. Loaded beside the page; what was told before is shown then. */
export default function NotificationList() {
  useEffect(() => {
    const showAll = () => takeUntold().forEach(show);
    showAll();
    return subscribeToNotices(showAll);
  }, []);
  return <Notifications position="top-right" limit={4} />;
}

function show({ title, message, kind, action }: Notice): void {
  const id = newId();
  const act = () => {
    notifications.hide(id);
    action?.run();
  };
  notifications.show({
    id,
    title,
    message: action ? (
      <Group justify="space-between" wrap="nowrap" gap="sm">
        {message}
        <Button size="compact-sm" variant="light" onClick={act}>
          {action.label}
        </Button>
      </Group>
    ) : (
      message
    ),
    withBorder: true,
    ...(kind === 'done' ? { color: 'teal', autoClose: action ? 10_000 : 3_000 } : { color: 'red', autoClose: 8_000 }),
  });
}
