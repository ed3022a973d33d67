import { Alert, Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useRouter } from '@tanstack/react-router';
import { MessageCircleQuestion } from 'lucide-react';
import { type DragEvent, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { fileReadingTool } from '../../../contract/reading-tools.ts';
import { useTranslation, withEverydayTexts, withPageTexts } from '../../texts/language.ts';
import type { Agent } from '../../../contract/agents.ts';
import type { Conversation } from '../../../contract/conversations.ts';
import type { Attachment } from '../../../contract/socket.ts';
import { ApiError } from '../../api/api-error.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { StatePage } from '../../ui/state-page.tsx';
import { agentQuery } from '../agents/agent-queries.ts';
import { useAllowances } from '../approvals/waiting.ts';
import { useMe } from '../session/session-queries.ts';
import { ChatHeader } from './header/chat-header.tsx';
import classes from './chat-page.module.css';
import { conversationsQuery } from './chat-queries.ts';
import {
  type ConversationAddress,
  conversationKey,
  newConversation,
  temporaryConversation,
} from './conversation-address.ts';
import { useChatSession } from './chat-socket-provider.tsx';
import { Composer, type ComposerHandle } from './composer.tsx';
import { RuntimeBanner } from './socket-banner.tsx';
import { ConversationList } from './conversation-list.tsx';
import type { OutgoingMessage } from './conversation-types.ts';
import { TranscriptSkeleton } from './transcript-skeleton.tsx';
import { useSocketState, useConversation } from './use-chat.ts';
import { latePart, lazyPart } from '../../ui/import-part.ts';

// Markdown and the virtual list come on their own, while header, composer and conversations are there already.
const loadTranscript = import('./transcript.tsx');
const Transcript = lazyPart(async () => ({ default: (await loadTranscript).Transcript }));

const BudgetLine = latePart(() => import('./budgets/line.tsx'));
const AllowancesHere = lazyPart(() => withPageTexts(() => import('../approvals/allowances-here.tsx')));
// Nothing is missing before it comes: it speaks of answers that end after that.
const AnswerAnnouncer = latePart(() => import('./answer-announcer.tsx'));
const TemporaryChat = lazyPart(() => import('./temporary/temporary-chat.tsx'));
const TemporaryBanner = lazyPart(() => withEverydayTexts(() => import('./temporary/temporary-banner.tsx')));

// Only small screens open it.
const ConversationDrawer = lazyPart(() => import('./conversation-drawer.tsx'));

export function ChatPage() {
  const { agentId, chatId } = useParams({ strict: false });
  const { t } = useTranslation();
  const agent = useQuery({ ...agentQuery(agentId ?? ''), enabled: agentId !== undefined });
  useDefaultAddress(agentId, chatId);
  const address = useAddress(agentId ?? '', chatId);
  const missing = agent.error instanceof ApiError && agent.error.status === 404;
  // It may have been taken away while it was open.
  if (agent.data && !missing && chatId === temporaryConversation) {
    const { data } = agent;
    return (
      <Suspense fallback={<div className={classes.page} aria-busy />}>
        <TemporaryChat key={data.id} agentId={data.id}>
          {(ofThisPage) => <Chat agent={data} address={ofThisPage} isUnbegun={false} isTemporary />}
        </TemporaryChat>
      </Suspense>
    );
  }
  if (agent.data && !missing) {
    const isUnbegun = chatId === newConversation;
    return <Chat key={conversationKey(address)} agent={agent.data} address={address} isUnbegun={isUnbegun} />;
  }
  if (!agent.isError) return <div className={classes.page} aria-busy />;
  return (
    <StatePage
      illustration={
        <MessageCircleQuestion size={40} strokeWidth={1.5} color="var(--mantine-color-dimmed)" aria-hidden />
      }
      title={missing ? t('chat.agentMissing') : t('chat.agentFailed')}
      actions={
        missing ? (
          <ButtonLink to="/">{t('errors.goHome')}</ButtonLink>
        ) : (
          <Button variant="default" onClick={() => void agent.refetch()}>
            {t('chat.retry')}
          </Button>
        )
      }
    >
      {missing ? t('errors.notFoundBody') : agent.error.message}
    </StatePage>
  );
}

/** A conversation keeps its address when it begins, and what is on the page with it. */
function useAddress(agentId: string, chatId: string | undefined): ConversationAddress {
  const session = useChatSession();
  return useMemo(
    () => (chatId === newConversation ? session.unbegun(agentId) : { agentId, ...(chatId ? { chatId } : {}) }),
    [session, agentId, chatId],
  );
}

/** The default conversation has an id too, but its frames carry none, so its page has one address only. */
function useDefaultAddress(agentId: string | undefined, chatId: string | undefined) {
  const router = useRouter();
  const conversations = useQuery({ ...conversationsQuery(agentId ?? ''), enabled: agentId !== undefined });
  const isDefault = chatId && conversations.data?.some(({ id, isDefault: byDefault }) => byDefault && id === chatId);
  useEffect(() => {
    // Whoever is on the way elsewhere already is not called back.
    if (agentId && isDefault && router.latestLocation.pathname.endsWith(`/${chatId}`))
      void router.navigate({ to: '/chat/$agentId', params: { agentId }, replace: true });
  }, [agentId, chatId, isDefault, router]);
}

interface ChatProps {
  agent: Agent;
  address: ConversationAddress;
  isUnbegun: boolean;
  isTemporary?: boolean;
}

function Chat({ agent, address, isUnbegun, isTemporary = false }: ChatProps) {
  const { t } = useTranslation();
  const me = useMe();
  const navigate = useNavigate();
  const session = useChatSession();
  const { chatId } = address;
  const state = useConversation(address);
  const connected = useSocketState().status.phase === 'open';
  const composer = useRef<ComposerHandle>(null);
  const [listOpened, list] = useDisclosure(false);
  const [drawerWanted, setDrawerWanted] = useState(false);
  if (listOpened && !drawerWanted) setDrawerWanted(true);
  const { dropping, handlers } = useFileDrop((files) => agent.stopped || composer.current?.addFiles(files));
  const isListed = !isUnbegun && !isTemporary;
  const conversation = useConversationOfList(agent.id, chatId, isListed);
  const title = conversation?.title ?? undefined;
  const allowances = useAllowances(address);
  useEffect(() => {
    document.title = `${title ? `${title} · ` : ''}${agent.name} · Pinchy`;
  }, [agent.name, title]);

  const open = (chat: string) =>
    navigate({ to: '/chat/$agentId/$chatId', params: { agentId: agent.id, chatId: chat }, replace: true });
  const discard = (message: OutgoingMessage) => {
    session.discard(address, message.clientMessageId);
    if (!isTemporary && session.unbegun(agent.id).chatId === chatId) void open(newConversation);
  };
  const edit = (message: OutgoingMessage) => {
    discard(message);
    composer.current?.restore({ text: message.content, attachments: message.attachments });
  };
  const send = (content: string, attachments: Attachment[]) => {
    session.send(address, content, attachments);
    if (isUnbegun && chatId) void open(chatId);
  };
  const waiting = state.run ? state.messages.filter((message) => message.awaiting).length : 0;
  return (
    <div className={classes.page}>
      <aside className={classes.aside}>
        <ConversationList agent={agent} address={address} isUnbegun={isUnbegun} />
      </aside>
      {drawerWanted && (
        <Suspense>
          <ConversationDrawer
            agent={agent}
            address={address}
            isUnbegun={isUnbegun}
            opened={listOpened}
            onClose={list.close}
          />
        </Suspense>
      )}
      <div className={classes.main} {...handlers}>
        <ChatHeader agent={agent} conversation={conversation} onShowConversations={list.open} />
        <RuntimeBanner />
        {isTemporary && (
          <Suspense>
            <TemporaryBanner onLeave={() => void navigate({ to: '/chat/$agentId', params: { agentId: agent.id } })} />
          </Suspense>
        )}
        {agent.stopped && (
          <Alert role="status" color="orange" variant="light" radius={0} p="10px 20px">
            {t('chat.stopped', { agent: agent.name })}
          </Alert>
        )}
        {allowances.length > 0 && (
          <Suspense>
            <AllowancesHere allowances={allowances} />
          </Suspense>
        )}
        <Suspense fallback={<TranscriptSkeleton />}>
          <Transcript
            agent={agent}
            address={address}
            state={state}
            connected={connected}
            isAdmin={me.role === 'admin'}
            rates={!isTemporary}
            onSay={(words) => send(words, [])}
            onEdit={edit}
            onDiscard={discard}
          />
        </Suspense>
        <Suspense>
          <BudgetLine address={address} state={state} />
        </Suspense>
        <Composer
          ref={composer}
          agentId={agent.id}
          agentName={agent.name}
          stopped={agent.stopped}
          readsFiles={agent.allowedTools.includes(fileReadingTool)}
          userId={me.id}
          conversation={draftOf(agent.id, { address, isUnbegun, isTemporary })}
          running={state.run !== undefined}
          stopping={state.run?.aborting ?? false}
          queued={waiting}
          onSend={send}
          onStop={() => session.abort(address)}
        />
        <Suspense>
          <AnswerAnnouncer state={state} agentName={agent.name} />
        </Suspense>
        {dropping && <div className={classes.drop}>{t('chat.dropHere')}</div>}
      </div>
    </div>
  );
}

/** What is written for a temporary conversation is kept no more than what is said in it. */
function draftOf(
  agentId: string,
  { address, isUnbegun, isTemporary }: { address: ConversationAddress; isUnbegun: boolean; isTemporary: boolean },
): string | undefined {
  if (isTemporary) return undefined;
  return isUnbegun ? `${agentId}:${newConversation}` : conversationKey(address);
}

function useConversationOfList(
  agentId: string,
  chatId: string | undefined,
  isListed: boolean,
): Conversation | undefined {
  const isThis = ({ id, isDefault }: Conversation) => (chatId ? id === chatId : isDefault);
  const listed = useQuery(conversationsQuery(agentId)).data;
  const found = listed?.find(isThis);
  const isElsewhere = isListed && chatId !== undefined && listed !== undefined && !found;
  const archived = useQuery({ ...conversationsQuery(agentId, '', true), enabled: isElsewhere }).data;
  return found ?? archived?.find(isThis);
}

/** Files may be dropped anywhere on the conversation. */
function useFileDrop(onFiles: (files: File[]) => void) {
  const [dropping, setDropping] = useState(false);
  const carriesFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');
  return {
    dropping,
    handlers: {
      onDragOver(event: DragEvent) {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        setDropping(true);
      },
      onDragLeave(event: DragEvent) {
        const inside = event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget);
        if (!inside) setDropping(false);
      },
      onDrop(event: DragEvent) {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        setDropping(false);
        onFiles([...event.dataTransfer.files]);
      },
    },
  };
}
