const key = 'pinchy.notify-waiting';

type NotificationChoice = 'on' | 'off' | 'denied' | 'unsupported';

/** Phones show notifications by a service worker only, and have no use for one of a page that sleeps. */
const isSupported = () => 'Notification' in window && !/Android|iPhone|iPad/.test(navigator.userAgent);

export function notificationChoice(): NotificationChoice {
  if (!isSupported()) return 'unsupported';
  if (Notification.permission === 'denied') return 'denied';
  return Notification.permission === 'granted' && stored() === 'on' ? 'on' : 'off';
}

/** Asks the browser, because the person has just asked for it; never by itself. */
export async function chooseNotifications(on: boolean): Promise<NotificationChoice> {
  if (on && isSupported() && Notification.permission !== 'granted') await Notification.requestPermission();
  try {
    localStorage.setItem(key, on ? 'on' : 'off');
  } catch {
    // Storage may be blocked; then there are none.
  }
  return notificationChoice();
}

/** Who waits, and nothing of what for: others may see the screen. */
export function showNotification(title: string, options: { tag: string; onOpen: () => void }): void {
  if (notificationChoice() !== 'on' || !document.hidden) return;
  const notification = new Notification(title, { tag: options.tag });
  notification.addEventListener('click', () => {
    window.focus();
    options.onOpen();
    notification.close();
  });
}

function stored(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
