import '@mantine/notifications/styles.css';
import { Notifications, notifications } from '@mantine/notifications';
import { useEffect } from 'react';
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

function show({ title, message, kind }: Notice): void {
  notifications.show({
    title,
    message,
    withBorder: true,
    ...(kind === 'done' ? { color: 'teal', autoClose: 3_000 } : { color: 'red', autoClose: 8_000 }),
  });
}
