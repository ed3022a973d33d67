import { ActionIcon } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { Ellipsis } from 'lucide-react';
import type { Conversation } from '../../../../contract/conversations.ts';
import { useTranslation, withEverydayTexts } from '../../../texts/language.ts';
import { lazyPart } from '../../../ui/import-part.ts';
import { MarkedText } from '../../../ui/marked-text.tsx';
import { MenuOnDemand } from '../../../ui/menu-on-demand.tsx';
import { Waits } from '../../approvals/waits.tsx';
import { useWaiting } from '../../approvals/waiting.ts';
import type { ConversationAddress } from '../conversation-address.ts';
import { useChatSession } from '../chat-socket-provider.tsx';
import classes from '../conversation-list.module.css';
import { timeOrDay } from '../formats.ts';
import { useUnread } from '../use-chat.ts';

const loadMenu = () => withEverydayTexts(() => import('./conversation-menu.tsx'));
const ConversationMenu = lazyPart(loadMenu);

/** Frames of the default conversation carry no chat id. */
export const addressOf = ({ agentId, id, isDefault }: Conversation): ConversationAddress =>
  isDefault ? { agentId } : { agentId, chatId: id };

/** What a conversation is called; the first one with an agent that nobody named has no title of its own. */
export function useTitleOf(): (conversation: Pick<Conversation, 'title' | 'isDefault'>) => string {
  const { t } = useTranslation();
  return ({ title, isDefault }) => title ?? (isDefault ? t('chat.mainConversation') : t('chat.untitled'));
}

export interface EntryProps {
  conversation: Conversation;
  /** What was looked for. */
  words: string;
  active: boolean;
  onChosen: (() => void) | undefined;
}

/** A conversation of the list. */
export function ConversationEntry({ conversation, words, active, onChosen }: EntryProps) {
  const { t } = useTranslation();
  const { isUnread } = useUnread();
  const session = useChatSession();
  const navigate = useNavigate();
  const { id: chatId, agentId, isDefault, match, matchId, archived } = conversation;
  const title = useTitleOf()(conversation);
  const params = { agentId, chatId };
  const unread = isUnread(addressOf(conversation));
  const waits = useWaiting().waitsAt(addressOf(conversation));
  const when = conversation.lastMessageAt ?? conversation.createdAt;

  const handleDeleted = async () => {
    session.forget(addressOf(conversation));
    if (active) await navigate({ to: '/chat/$agentId', params: { agentId } });
  };

  return (
    <li className={classes.entry} data-active={active || undefined}>
      <Link
        to={isDefault ? '/chat/$agentId' : '/chat/$agentId/$chatId'}
        params={params}
        search={matchId ? { at: matchId } : {}}
        aria-current={active ? 'page' : undefined}
        onClick={onChosen}
      >
        <span className={classes.title} data-unread={unread || undefined}>
          <MarkedText text={title} words={words} />
        </span>
        <span className={classes.detail}>
          {archived && `${t('chat.archived')} · `}
          {match === undefined || matchId === undefined ? (
            <time dateTime={when}>{timeOrDay(when)}</time>
          ) : (
            <MarkedText text={match} words={words} lead={9} />
          )}
        </span>
        {waits && (
          <span className={classes.waits}>
            <Waits />
          </span>
        )}
        {unread && !waits && (
          <span className={classes.dot}>
            <span className="visually-hidden">{t('chat.unread')}</span>
          </span>
        )}
      </Link>
      <MenuOnDemand
        target={
          <ActionIcon
            variant="subtle"
            color="gray"
            size={24}
            className={classes.more}
            aria-label={t('chat.conversationMenu', { title })}
          >
            <Ellipsis size={16} />
          </ActionIcon>
        }
        load={loadMenu}
      >
        {(target) => (
          <ConversationMenu target={target} conversation={conversation} title={title} onDeleted={handleDeleted} />
        )}
      </MenuOnDemand>
    </li>
  );
}
