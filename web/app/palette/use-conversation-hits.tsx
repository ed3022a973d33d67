import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { TextSearch } from 'lucide-react';
import { agentsQuery } from '../../features/agents/agent-queries.ts';
import { foundConversationsQuery } from '../../features/chat/chat-queries.ts';
import { useTranslation } from '../../texts/language.ts';
import type { PaletteTarget } from './use-palette-items.tsx';

/** Shorter ones are in nearly everything. */
const minLength = 3;

/** What was said with the words that are typed, in the conversations with all agents. */
export function useConversationHits(query: string): PaletteTarget[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [settled] = useDebouncedValue(query.trim(), 250);
  const { data: agents = [] } = useQuery(agentsQuery);
  const { data = [] } = useQuery(foundConversationsQuery(settled.length < minLength ? '' : settled));
  return data.flatMap(({ id, agentId, isDefault, match, matchId }) => {
    if (!matchId || match === undefined) return [];
    const params = { agentId, chatId: id };
    const search = { at: matchId };
    const agent = agents.find((one) => one.id === agentId)?.name ?? '';
    return {
      id: `said-${id}`,
      label: match,
      words: settled,
      kind: t('palette.said', { agent }),
      icon: <TextSearch size={16} />,
      go: () =>
        navigate(
          isDefault ? { to: '/chat/$agentId', params, search } : { to: '/chat/$agentId/$chatId', params, search },
        ),
    };
  });
}
