import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { translate } from '../../texts/language.ts';
import { showNotification } from './notifications.ts';
import { waitingQuery } from './waiting.ts';

/** Tells of what begins to wait while this tab is not looked at, where the person asked for that. */
function useNotifyWaiting(): void {
  const { data } = useQuery(waitingQuery);
  const navigate = useNavigate();
  const known = useRef<ReadonlySet<string>>(undefined);
  useEffect(() => {
    if (!data) return;
    const before = known.current;
    known.current = new Set(data.approvals.map(({ approvalId }) => approvalId));
    for (const { approvalId, agentId, agentName, chatId } of data.approvals) {
      if (!before || before.has(approvalId)) continue;
      showNotification(translate('shell.waitingNotification', { agent: agentName }), {
        tag: approvalId,
        onOpen: () =>
          void (chatId
            ? navigate({ to: '/chat/$agentId/$chatId', params: { agentId, chatId } })
            : navigate({ to: '/chat/$agentId', params: { agentId } })),
      });
    }
  }, [data, navigate]);
}

/** Has nothing to show. */
export default function NotifyWaiting() {
  useNotifyWaiting();
  return null;
}
