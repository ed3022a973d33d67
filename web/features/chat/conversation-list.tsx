import { ActionIcon, Button, CloseButton, Skeleton, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Ellipsis, Search, SquarePen } from 'lucide-react';
import { Fragment, Suspense, useState } from 'react';
import { Waits } from '../approvals/waits.tsx';
import { useWaiting } from '../approvals/waiting.ts';
import { useTranslation } from '../../texts/language.ts';
import type { Agent } from '../../../contract/agents.ts';
import type { Conversation } from '../../../contract/conversations.ts';
import { MarkedText } from '../../ui/marked-text.tsx';
import { MenuOnDemand } from '../../ui/menu-on-demand.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { useMe } from '../session/session-queries.ts';
import { conversationsQuery } from './chat-queries.ts';
import { type ConversationAddress, conversationKey } from './chat-session.ts';
import { useChatSession } from './chat-socket-provider.tsx';
import { newConversation } from './conversation-address.ts';
import classes from './conversation-list.module.css';
import { groupByAge } from './date-groups.ts';
import { readDraft } from './draft.ts';
import { timeOrDay } from './formats.ts';
import { useUnread } from './use-chat.ts';
import { useNewConversation } from './use-conversation-changes.ts';
import { lazyPart } from '../../ui/import-part.ts';

const loadMenu = () => import('./conversation-menu.tsx');
const ConversationMenu = lazyPart(loadMenu);
const ConversationsElsewhere = lazyPart(() => import('./conversations-elsewhere.tsx'));

interface ConversationListProps {
  agent: Agent;
  address: ConversationAddress;
  /** What is open has not begun. */
  isUnbegun: boolean;
  /** Called when the person chose one or wants to go back: the list is in a drawer, which closes. */
  onChosen?: () => void;
}

/** Frames of the default conversation carry no chat id. */
export const addressOf = ({ agentId, id, isDefault }: Conversation): ConversationAddress =>
  isDefault ? { agentId } : { agentId, chatId: id };

export function ConversationList({ agent, address, isUnbegun, onChosen }: ConversationListProps) {
  const { t } = useTranslation();
  const [search, setSearch] = useState('');
  const [query] = useDebouncedValue(search.trim(), 250);
  const conversations = useQuery({ ...conversationsQuery(agent.id, query), placeholderData: keepPreviousData });
  const startNew = useNewConversation(agent.id);
  const found = conversations.data ?? [];
  const groups = groupByAge(found);
  return (
    <nav className={classes.list} aria-label={t('chat.conversations')}>
      <div className={classes.head}>
        <Text fw={620} size="sm" component="h2">
          {t('chat.conversations')}
        </Text>
        <Tooltip label={t('chat.newConversation')}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('chat.newConversation')}
            onClick={() => void startNew().then(onChosen)}
          >
            <SquarePen size={17} />
          </ActionIcon>
        </Tooltip>
        {onChosen && <CloseButton aria-label={t('common.close')} onClick={onChosen} />}
      </div>
      <TextInput
        className={classes.search}
        size="xs"
        type="search"
        maxLength={200}
        placeholder={t('chat.searchConversations')}
        aria-label={t('chat.searchConversations')}
        leftSection={<Search size={14} />}
        rightSection={
          search && <CloseButton size="xs" aria-label={t('chat.clearSearch')} onClick={() => setSearch('')} />
        }
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      {conversations.isPending && <Skeletons />}
      {conversations.isError && (
        <div className={classes.empty} role="alert">
          <p>{t('chat.conversationsFailed')}</p>
          <Button size="xs" variant="default" onClick={() => void conversations.refetch()}>
            {t('chat.retry')}
          </Button>
        </div>
      )}
      {conversations.isSuccess && found.length === 0 && (
        <p className={classes.empty}>
          {query ? t('chat.noMatches', { query }) : t('chat.noConversations', { agent: agent.name })}
        </p>
      )}
      <div className={classes.lists}>
        {!query && <UnbegunEntry agentId={agent.id} active={isUnbegun} onChosen={onChosen} />}
        {groups.map(([age, conversationsOfAge]) => (
          <Fragment key={age}>
            {groups.length > 1 && <h3 className={classes.section}>{t(`chat.ages.${age}`)}</h3>}
            <ul>
              {conversationsOfAge.map((conversation) => (
                <Entry
                  key={conversation.id}
                  conversation={conversation}
                  words={query}
                  active={conversationKey(addressOf(conversation)) === conversationKey(address)}
                  onChosen={onChosen}
                />
              ))}
            </ul>
          </Fragment>
        ))}
        {query && (
          <Suspense>
            <ConversationsElsewhere agentId={agent.id} query={query} onChosen={onChosen} />
          </Suspense>
        )}
      </div>
    </nav>
  );
}

/** A conversation that has not begun: while it is open, and while something is written for it. */
function UnbegunEntry({ agentId, active, onChosen }: Pick<EntryProps, 'active' | 'onChosen'> & { agentId: string }) {
  const { t } = useTranslation();
  const me = useMe();
  const draft = readDraft(me.id, `${agentId}:${newConversation}`);
  if (!active && draft.text === '' && draft.attachments.length === 0) return null;
  return (
    <ul>
      <li className={classes.entry} data-active={active || undefined}>
        <Link
          to="/chat/$agentId/$chatId"
          params={{ agentId, chatId: newConversation }}
          aria-current={active ? 'page' : undefined}
          onClick={onChosen}
        >
          <span className={classes.title}>{t('chat.untitled')}</span>
          <span className={classes.detail}>{t('chat.unbegun')}</span>
        </Link>
      </li>
    </ul>
  );
}

interface EntryProps {
  conversation: Conversation;
  /** What was looked for. */
  words: string;
  active: boolean;
  onChosen: (() => void) | undefined;
}

function Entry({ conversation, words, active, onChosen }: EntryProps) {
  const { t } = useTranslation();
  const { isUnread } = useUnread();
  const session = useChatSession();
  const navigate = useNavigate();
  const { id: chatId, agentId, isDefault, match, matchId } = conversation;
  const title = conversation.title ?? (isDefault ? t('chat.mainConversation') : t('chat.untitled'));
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
          {title}
        </span>
        <span className={classes.detail}>
          {match === undefined ? (
            <time dateTime={when}>{timeOrDay(when)}</time>
          ) : (
            <MarkedText text={match} words={words} />
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

function Skeletons() {
  return (
    <div aria-hidden className={classes.skeletons}>
      {[70, 90, 55, 80].map((width) => (
        <Skeleton key={width} height={14} width={`${width}%`} />
      ))}
    </div>
  );
}
