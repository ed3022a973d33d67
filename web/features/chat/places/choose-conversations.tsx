import { ActionIcon, Button, Checkbox, Menu, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Archive, ArchiveRestore, Download, FileJson, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { maxChosenConversations } from '../../../../contract/limits.ts';
import type { Conversation } from '../../../../contract/conversations.ts';
import { call, urlOf } from '../../../api/client.ts';
import { useTranslation } from '../../../texts/language.ts';
import { askToConfirm } from '../../../ui/confirm.ts';
import { Tooltip } from '../../../ui/tooltip.tsx';
import { chatKeys } from '../chat-queries.ts';
import { conversationKey } from '../conversation-address.ts';
import { useChatSession } from '../chat-socket-provider.tsx';
import { timeOrDay } from '../formats.ts';
import listClasses from '../conversation-list.module.css';
import classes from './choose-conversations.module.css';
import { addressOf, useTitleOf } from './conversation-entry.tsx';
import { usePlaceConversations } from './use-place-conversations.ts';

interface ChooseConversationsProps {
  agentId: string;
  /** The conversation on the screen. */
  openKey: string;
  conversations: readonly Conversation[];
  archived: boolean;
  onDone: () => void;
}

/** The list with a box before each conversation, and what can be done with those that are ticked. */
export default function ChooseConversations(props: ChooseConversationsProps) {
  const { agentId, openKey, conversations, archived, onDone } = props;
  const { t } = useTranslation();
  const titleOf = useTitleOf();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const session = useChatSession();
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const chosen = conversations.filter(({ id }) => ticked.has(id));
  const chatIds = chosen.map(({ id }) => id);
  const count = chatIds.length;
  const isTooMany = count > maxChosenConversations;
  const none = count === 0 || isTooMany;
  const place = usePlaceConversations(agentId);
  const remove = useMutation({
    mutationFn: () => call('deleteConversations', { params: { agentId }, body: { chatIds } }),
    onSuccess: async () => {
      const isOpenGone = chosen.some((conversation) => conversationKey(addressOf(conversation)) === openKey);
      for (const conversation of chosen) session.forget(addressOf(conversation));
      await queryClient.invalidateQueries({ queryKey: chatKeys.all });
      onDone();
      if (isOpenGone) await navigate({ to: '/chat/$agentId', params: { agentId } });
    },
  });
  const tick = (id: string, isTicked: boolean) => {
    const next = new Set(ticked);
    if (isTicked) next.add(id);
    else next.delete(id);
    setTicked(next);
  };
  const exportUrl = (format: 'md' | 'json') =>
    urlOf('exportConversations', { params: { agentId }, query: { chatIds: chatIds.join(), format } });
  const askToDelete = () =>
    askToConfirm({
      title: t('everyday.places.deleteTitle', { count }),
      body: t('everyday.places.deleteQuestion'),
      confirm: t('everyday.places.delete'),
      action: () => remove.mutateAsync().then(() => undefined),
    });
  const areAll = count === conversations.length;
  return (
    <>
      <div className={listClasses.head}>
        <Text fw={620} size="sm" component="h2" aria-live="polite">
          {t('everyday.places.chosen', { count })}
        </Text>
        <Button size="compact-sm" variant="subtle" color="gray" onClick={onDone}>
          {t('everyday.places.done')}
        </Button>
      </div>
      <div className={classes.actions}>
        <Checkbox
          size="xs"
          label={t('everyday.places.chooseAll')}
          checked={areAll}
          indeterminate={count > 0 && !areAll}
          onChange={() => setTicked(new Set(areAll ? [] : conversations.map(({ id }) => id)))}
        />
        <span className={classes.spacer} />
        <Tooltip label={t(archived ? 'everyday.places.restore' : 'everyday.places.archive')}>
          <ActionIcon
            variant="subtle"
            color="gray"
            disabled={none}
            aria-label={t(archived ? 'everyday.places.restore' : 'everyday.places.archive')}
            onClick={() => place.mutate({ chatIds, archived: !archived }, { onSuccess: onDone })}
          >
            {archived ? <ArchiveRestore size={17} /> : <Archive size={17} />}
          </ActionIcon>
        </Tooltip>
        <Menu position="bottom-end" withInitialFocusPlaceholder={false}>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" disabled={none} aria-label={t('everyday.places.export')}>
              <Download size={17} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item component="a" download leftSection={<Download size={15} />} href={exportUrl('md')}>
              {t('chat.exportMarkdown')}
            </Menu.Item>
            <Menu.Item component="a" download leftSection={<FileJson size={15} />} href={exportUrl('json')}>
              {t('chat.exportJson')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
        <Tooltip label={t('everyday.places.delete')}>
          <ActionIcon
            variant="subtle"
            color="red"
            disabled={none}
            aria-label={t('everyday.places.delete')}
            onClick={askToDelete}
          >
            <Trash2 size={17} />
          </ActionIcon>
        </Tooltip>
      </div>
      {isTooMany && (
        <p className={listClasses.empty} role="alert">
          {t('everyday.places.tooMany', { count: maxChosenConversations })}
        </p>
      )}
      <ul className={classes.choices} aria-label={t('everyday.places.choosing')}>
        {conversations.map((conversation) => {
          const title = titleOf(conversation);
          const when = conversation.lastMessageAt ?? conversation.createdAt;
          return (
            <li key={conversation.id}>
              <Checkbox
                size="xs"
                aria-label={t('everyday.places.chooseOne', { title })}
                label={
                  <span className={classes.label}>
                    <span>{title}</span>
                    <time dateTime={when}>{timeOrDay(when)}</time>
                  </span>
                }
                classNames={{ body: classes.choice, labelWrapper: classes.labelWrapper, label: classes.labelText }}
                checked={ticked.has(conversation.id)}
                onChange={(event) => tick(conversation.id, event.currentTarget.checked)}
              />
            </li>
          );
        })}
      </ul>
    </>
  );
}
