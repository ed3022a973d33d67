import { Button, Text } from '@mantine/core';
import { RotateCcw } from 'lucide-react';
import { Suspense, useRef, useState } from 'react';
import type { Agent } from '../../../contract/agents.ts';
import { fileReadingTool } from '../../../contract/reading-tools.ts';
import { useTranslation } from '../../texts/language.ts';
import { useMe } from '../session/session-queries.ts';
import AnswerAnnouncer from './answer-announcer.tsx';
import { useChatSession } from './chat-socket-provider.tsx';
import { Composer, type ComposerHandle } from './composer.tsx';
import type { ConversationAddress } from './conversation-address.ts';
import type { OutgoingMessage } from './conversation-types.ts';
import TemporaryChat from './temporary/temporary-chat.tsx';
import { Transcript } from './transcript.tsx';
import { TranscriptSkeleton } from './transcript-skeleton.tsx';
import classes from './try-panel.module.css';
import { useSocketState, useConversation } from './use-chat.ts';

/** A temporary conversation beside an agent's settings, to see what they come to. */
export default function TryPanel({ agent }: { agent: Agent }) {
  const { t } = useTranslation();
  const [round, setRound] = useState(0);
  const name = t('gallery.tryOf', { name: agent.name });
  return (
    <section className={classes.panel} aria-label={name}>
      <div className={classes.head}>
        <div className={classes.headText}>
          <h2 title={name}>{name}</h2>
          <Text size="xs" c="dimmed">
            {t('gallery.tryHint')}
          </Text>
        </div>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<RotateCcw size={14} aria-hidden />}
          onClick={() => setRound(round + 1)}
        >
          {t('gallery.tryAnew')}
        </Button>
      </div>
      <TemporaryChat key={round} agentId={agent.id}>
        {(address) => <Conversation agent={agent} address={address} />}
      </TemporaryChat>
    </section>
  );
}

function Conversation({ agent, address }: { agent: Agent; address: ConversationAddress }) {
  const me = useMe();
  const session = useChatSession();
  const state = useConversation(address);
  const connected = useSocketState().status.phase === 'open';
  const composer = useRef<ComposerHandle>(null);
  const discard = (message: OutgoingMessage) => session.discard(address, message.clientMessageId);
  const edit = (message: OutgoingMessage) => {
    discard(message);
    composer.current?.restore({ text: message.content, attachments: message.attachments });
  };
  return (
    <>
      <Suspense fallback={<TranscriptSkeleton />}>
        <Transcript
          agent={agent}
          address={address}
          state={state}
          connected={connected}
          isAdmin={me.role === 'admin'}
          rates={false}
          onSay={(words) => session.send(address, words, [])}
          onEdit={edit}
          onDiscard={discard}
        />
      </Suspense>
      <Composer
        ref={composer}
        agentId={agent.id}
        agentName={agent.name}
        stopped={agent.stopped}
        readsFiles={agent.allowedTools.includes(fileReadingTool)}
        userId={me.id}
        conversation={undefined}
        running={state.run !== undefined}
        stopping={state.run?.aborting ?? false}
        queued={state.run ? state.messages.filter((message) => message.awaiting).length : 0}
        onSend={(content, attachments) => session.send(address, content, attachments)}
        onStop={() => session.abort(address)}
        isBesidePage
      />
      <AnswerAnnouncer state={state} agentName={agent.name} />
    </>
  );
}
