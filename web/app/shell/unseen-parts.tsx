import { useEffect } from 'react';
import NotifyWaiting from '../../features/approvals/notify-waiting.tsx';
import { returnFocus } from './return-focus.ts';

/** What works on every page and shows nothing. */
export default function UnseenParts() {
  useEffect(returnFocus, []);
  return <NotifyWaiting />;
}
