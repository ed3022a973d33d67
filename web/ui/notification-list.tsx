import '@mantine/notifications/styles.css';
import { Notifications } from '@mantine/notifications';

/** Where `notify…` shows. Loaded beside the page; what is told before is shown then. */
export default function NotificationList() {
  return <Notifications position="top-right" limit={4} />;
}
