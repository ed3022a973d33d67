import { Suspense, useEffect, useState, useSyncExternalStore } from 'react';
import { currentQuestion, subscribeToQuestion } from './confirm.ts';
import { subscribeToNotices, untold } from './notify.ts';
import { lazyPart } from './import-part.ts';

const ConfirmDialog = lazyPart(() => import('./confirm-dialog.tsx'));
const NotificationList = lazyPart(() => import('./notification-list.tsx'));

/** Long enough for the page itself to be there, soon enough to be at hand when the connection goes. */
const quietTime = 4_000;

/** Dialogs and notices, which most visits do not need: loaded when asked for, or once the page has come to rest. */
export function BesidePage() {
  const [rested, setRested] = useState(false);
  const asked = useSyncExternalStore(subscribeToQuestion, () => currentQuestion() !== null);
  const told = useSyncExternalStore(subscribeToNotices, () => untold().length > 0);
  if ((asked || told) && !rested) setRested(true);
  useEffect(() => {
    const timer = setTimeout(() => setRested(true), quietTime);
    return () => clearTimeout(timer);
  }, []);
  if (!rested) return null;
  return (
    <Suspense>
      <NotificationList />
      <ConfirmDialog />
    </Suspense>
  );
}
