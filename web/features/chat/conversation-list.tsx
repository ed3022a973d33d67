import { ActionIcon, Button, CloseButton, Skeleton, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ChevronLeft, Ellipsis, Search, SquarePen } from 'lucide-react';
import { Fragment, Suspense, useState } from 'react';
import { useTranslation, withEverydayTexts } from '../../texts/language.ts';
import type { Agent } from '../../../contract/agents.ts';
import { MenuOnDemand } from '../../ui/menu-on-demand.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { useMe } from '../session/session-queries.ts';
import { conversationsQuery } from './chat-queries.ts';
import { type ConversationAddress, conversationKey, newConversation } from './conversation-address.ts';
import classes from './conversation-list.module.css';
import { groupByAge } from './date-groups.ts';
import { readDraft } from './draft.ts';
import { addressOf, ConversationEntry, type EntryProps } from './places/conversation-entry.tsx';
import { useNewConversation } from './use-conversation-changes.ts';
import { lazyPart } from '../../ui/import-part.ts';

const loadMenu = () => withEverydayTexts(() => import('./places/list-menu.tsx'));
const ListMenu = lazyPart(loadMenu);
const ChooseConversations = lazyPart(() => withEverydayTexts(() => import('./places/choose-conversations.tsx')));
const ConversationsElsewhere = lazyPart(() => import('./conversations-elsewhere.tsx'));

interface ConversationListProps {
  agent: Agent;
  address: ConversationAddress;
  /** What is open has not begun. */
  isUnbegun: boolean;
  /** Called when the person chose one or wants to go back: the list is in a drawer, which closes. */
  onChosen?: () => void;
}

export function ConversationList({ agent, address, isUnbegun, onChosen }: ConversationListProps) {
  const { t } = useTranslation();
  const [search, setSearch] = useState('');
  const [query] = useDebouncedValue(search.trim(), 250);
  const [archived, setArchived] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const conversations = useQuery({
    ...conversationsQuery(agent.id, query, archived),
    placeholderData: keepPreviousData,
  });
  const startNew = useNewConversation(agent.id);
  const found = conversations.data ?? [];
  const groups = groupByAge(found);
  if (choosing && found.length > 0) {
    return (
      <nav className={classes.list} aria-label={t('chat.conversations')}>
        <Suspense fallback={<Skeletons />}>
          <ChooseConversations
            agentId={agent.id}
            openKey={conversationKey(address)}
            conversations={found}
            archived={archived}
            onDone={() => setChoosing(false)}
          />
        </Suspense>
      </nav>
    );
  }
  return (
    <nav className={classes.list} aria-label={t('chat.conversations')}>
      <div className={classes.head}>
        {archived && (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('everyday.places.hideArchived')}
            onClick={() => setArchived(false)}
          >
            <ChevronLeft size={17} />
          </ActionIcon>
        )}
        <Text fw={620} size="sm" component="h2">
          {t(archived ? 'everyday.places.archiveTitle' : 'chat.conversations')}
        </Text>
        <MenuOnDemand
          target={
            <ActionIcon variant="subtle" color="gray" aria-label={t('chat.listMenu')}>
              <Ellipsis size={17} />
            </ActionIcon>
          }
          load={loadMenu}
        >
          {(target) => (
            <ListMenu
              target={target}
              agentId={agent.id}
              archived={archived}
              canChoose={found.length > 0}
              onChoose={() => setChoosing(true)}
              onShowArchived={(show) => {
                setArchived(show);
                setSearch('');
              }}
              onLeft={onChosen}
            />
          )}
        </MenuOnDemand>
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
      <div className={classes.lists}>
        {!query && !archived && <UnbegunEntry agentId={agent.id} active={isUnbegun} onChosen={onChosen} />}
        {conversations.isSuccess && found.length === 0 && (
          <p className={classes.empty}>
            {query
              ? t('chat.noMatches', { query, agent: agent.name })
              : t(archived ? 'everyday.places.nothingArchived' : 'chat.noConversations', { agent: agent.name })}
          </p>
        )}
        {groups.map(([age, conversationsOfAge]) => (
          <Fragment key={age}>
            {(groups.length > 1 || age === 'pinned') && <h3 className={classes.section}>{t(`chat.ages.${age}`)}</h3>}
            <ul>
              {conversationsOfAge.map((conversation) => (
                <ConversationEntry
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

function Skeletons() {
  return (
    <div aria-hidden className={classes.skeletons}>
      {[70, 90, 55, 80].map((width) => (
        <Skeleton key={width} height={14} width={`${width}%`} />
      ))}
    </div>
  );
}
