import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from '../../texts/language.ts';
import { MarkedText } from '../../ui/marked-text.tsx';
import { agentsQuery } from '../agents/agent-queries.ts';
import { foundConversationsQuery } from './chat-queries.ts';
import classes from './conversation-list.module.css';

interface ConversationsElsewhereProps {
  /** Whose conversations stand above already. */
  agentId: string;
  query: string;
  onChosen: (() => void) | undefined;
}

/** What was looked for in the conversations with all other agents. */
export default function ConversationsElsewhere({ agentId, query, onChosen }: ConversationsElsewhereProps) {
  const { t } = useTranslation();
  const { data: agents = [] } = useQuery(agentsQuery);
  const { data = [] } = useQuery(foundConversationsQuery(query));
  const found = data.filter((conversation) => conversation.agentId !== agentId);
  if (found.length === 0) return null;
  const nameOf = (id: string) => agents.find((agent) => agent.id === id)?.name ?? '';
  return (
    <>
      <h3 className={classes.section}>{t('chat.otherAgents')}</h3>
      <ul>
        {found.map(({ id, agentId: other, isDefault, title, match = '', matchId }) => (
          <li key={id} className={classes.entry}>
            <Link
              to={isDefault ? '/chat/$agentId' : '/chat/$agentId/$chatId'}
              params={{ agentId: other, chatId: id }}
              search={matchId ? { at: matchId } : {}}
              onClick={onChosen}
            >
              <span className={classes.title}>
                {nameOf(other)} · <MarkedText text={title ?? t('chat.mainConversation')} words={query} />
              </span>
              {matchId && (
                <span className={classes.detail}>
                  <MarkedText text={match} words={query} lead={9} />
                </span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
