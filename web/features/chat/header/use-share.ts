import { useQuery } from '@tanstack/react-query';
import type { Share } from '../../../../contract/sharing.ts';
import { shareQuery, sharingQuery } from '../../sharing/sharing-queries.ts';

/** Whom the person lets read this conversation, if anybody. */
export function useShare(agentId: string, chatId: string | undefined): Share | null {
  const { data: sharing } = useQuery(sharingQuery);
  const isPossible = sharing?.enabled === true && chatId !== undefined;
  const { data } = useQuery({ ...shareQuery({ agentId, chatId: chatId ?? '' }), enabled: isPossible });
  return (isPossible && data?.share) || null;
}
