import { ActionIcon, Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { Check, CircleStop, Clock, Copy, FileText, TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from '../../texts/language.ts';
import type { Attachment, FinishReason } from '../../../contract/socket.ts';
import { urlOf } from '../../api/client.ts';
import { AgentAvatar } from '../../ui/agent-avatar.tsx';
import type { OutgoingMessage, TranscriptMessage } from './conversation-types.ts';
import { cutOffOf } from './ended-answer.ts';
import { fileSize, timeOfDay } from './formats.ts';
import { Markdown } from './markdown.tsx';
import { WithSources } from './sources/message-sources.tsx';
import { SourceList } from './sources/source-list.tsx';
import classes from './transcript.module.css';
import { ToolCallCard } from './tool-call-card.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { UsageNote } from './usage-note.tsx';

export interface RowAgent {
  id: string;
  name: string;
  isPersonal: boolean;
}

interface AnswerRowProps {
  agent: RowAgent;
  message: TranscriptMessage;
  first: boolean;
  last: boolean;
  /** The run still goes on, so more of this answer may come. */
  running: boolean;
  answer: () => readonly TranscriptMessage[];
  decisions: Readonly<Record<string, 'approve' | 'deny'>>;
  onDecide: ((approvalId: string, decision: 'approve' | 'deny') => void) | undefined;
  showUsage: boolean;
}

export const AnswerRow = memo(function AnswerRow(props: AnswerRowProps) {
  const { agent, message, first, last, running, answer, decisions, onDecide } = props;
  const { t } = useTranslation();
  const cutOff = cutOffOf(message);
  return (
    <article className={classes.answer} data-first={first || undefined} aria-label={agent.name}>
      <div className={classes.avatar}>
        {first && <AgentAvatar id={agent.id} isPersonal={agent.isPersonal} size={28} />}
      </div>
      <div className={classes.answerBody}>
        {/* In every row, because the list draws only those in sight. */}
        <h2 className="visually-hidden">{agent.name}</h2>
        {message.content !== '' && (
          <WithSources agentId={agent.id} message={message}>
            <Markdown text={message.content} growing={message.streaming} />
            <SourceList />
          </WithSources>
        )}
        {message.toolCalls.map((call) => (
          <ToolCallCard
            key={call.toolCallId}
            call={call}
            agentId={agent.id}
            messageId={message.id}
            answer={answer}
            agentName={agent.name}
            decision={call.approvalId ? decisions[call.approvalId] : undefined}
            onDecide={onDecide}
          />
        ))}
        {cutOff && (
          <p className={classes.interrupted}>
            {cutOff === 'aborted' ? <CircleStop size={14} aria-hidden /> : <TriangleAlert size={14} aria-hidden />}
            {message.content === '' && cutOff === 'length'
              ? t('chat.endedEarly.thinking')
              : t(`chat.endedEarly.${cutOff}`)}
          </p>
        )}
        {last && !running && !isEmpty(message) && <AnswerFooter {...props} />}
      </div>
    </article>
  );
});

const isEmpty = ({ content, toolCalls }: TranscriptMessage) => content === '' && toolCalls.length === 0;

function AnswerFooter({ answer, message, showUsage }: AnswerRowProps) {
  const { t } = useTranslation();
  const clipboard = useClipboard({ timeout: 2_000 });
  const label = clipboard.copied ? t('chat.copied') : t('chat.copyAnswer');
  const copy = () =>
    clipboard.copy(
      answer()
        .map((part) => part.content)
        .filter(Boolean)
        .join('\n\n'),
    );
  return (
    <div className={classes.footer}>
      <Tooltip label={label}>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={label} onClick={copy}>
          {clipboard.copied ? <Check size={14} /> : <Copy size={14} />}
        </ActionIcon>
      </Tooltip>
      <time dateTime={message.createdAt}>{timeOfDay(message.createdAt)}</time>
      {showUsage && <UsageNote messages={answer()} />}
    </div>
  );
}

interface SaidRowProps {
  message: TranscriptMessage;
  agentId: string;
  queued: boolean;
  /** Why no answer came to it, where more was said since. */
  unanswered: FinishReason | undefined;
}

export const SaidRow = memo(function SaidRow({ message, agentId, queued, unanswered }: SaidRowProps) {
  const { t } = useTranslation();
  return (
    <article className={classes.said} aria-label={t('chat.you')}>
      <Attachments attachments={message.attachments} agentId={agentId} />
      {message.content !== '' && (
        <div className={classes.bubble} dir="auto">
          {message.content}
        </div>
      )}
      <div className={classes.saidFooter}>
        {queued && (
          <span className={classes.queued}>
            <Clock size={13} aria-hidden />
            {t('chat.queued')}
          </span>
        )}
        {unanswered && (
          <span>{t(unanswered === 'aborted' ? 'chat.endedEarly.unansweredAborted' : 'chat.unanswered')}</span>
        )}
        <time dateTime={message.createdAt}>{timeOfDay(message.createdAt)}</time>
      </div>
    </article>
  );
});

interface OutgoingRowProps {
  message: OutgoingMessage;
  agentId: string;
  connected: boolean;
  onRetry: () => void;
  /** Takes the text back into the composer. */
  onEdit: () => void;
  onDiscard: () => void;
}

export function OutgoingRow({ message, agentId, connected, onRetry, onEdit, onDiscard }: OutgoingRowProps) {
  const { t } = useTranslation();
  const { failure } = message;
  const takeBack = (
    <>
      <Button size="compact-xs" variant="subtle" color="gray" onClick={onEdit}>
        {t('chat.editAgain')}
      </Button>
      <Button size="compact-xs" variant="subtle" color="gray" onClick={onDiscard}>
        {t('common.discard')}
      </Button>
    </>
  );
  return (
    <article className={classes.said} aria-label={t('chat.you')}>
      <Attachments attachments={message.attachments} agentId={agentId} />
      {message.content !== '' && (
        <div className={classes.bubble} data-pending={!failure || undefined} dir="auto">
          {message.content}
        </div>
      )}
      {failure ? (
        <div className={classes.failure} role="alert">
          <TriangleAlert size={14} aria-hidden />
          <span>
            {t('chat.notSent')} {failure.code === 'not_found' ? failure.message : t(`chat.errors.${failure.code}`)}
          </span>
          {failure.retryable && (
            <Button size="compact-xs" variant="light" onClick={onRetry}>
              {t('chat.sendAgain')}
            </Button>
          )}
          {takeBack}
        </div>
      ) : (
        <div className={classes.saidFooter}>
          {!connected && <Clock size={13} aria-hidden />}
          {connected ? t('chat.sending') : t('chat.waitingForConnection')}
          {!connected && takeBack}
        </div>
      )}
    </article>
  );
}

function Attachments({ attachments, agentId }: { attachments: Attachment[] | undefined; agentId: string }) {
  if (!attachments || attachments.length === 0) return null;
  return (
    <ul className={classes.attachments}>
      {attachments.map(({ id, filename, size }) => (
        <li key={id}>
          <a href={urlOf('getUpload', { params: { agentId, id } })} download={filename}>
            <FileText size={15} aria-hidden />
            <span className={classes.filename}>{filename}</span>
            <span className={classes.size}>{fileSize(size)}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
