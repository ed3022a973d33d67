import { ActionIcon, Button } from '@mantine/core';
import { CircleStop, Clock, Pencil, TriangleAlert } from 'lucide-react';
import { memo, Suspense, useContext, useState } from 'react';
import { useSentences } from '../../sentences/sentences.ts';
import { useTranslation, withEverydayTexts, withPageTexts } from '../../texts/language.ts';
import type { Attachment, FinishReason } from '../../../contract/socket.ts';
import type { Agent } from '../../../contract/agents.ts';
import { AgentAvatar } from '../../ui/agent-avatar.tsx';
import { BranchActionsContext } from './branches/branch-actions.ts';
import { BranchStepper } from './branches/branch-stepper.tsx';
import { RegenerateButtons } from './branches/regenerate-buttons.tsx';
import { CopyButton } from './copy-button.tsx';
import type { Choice, OutgoingMessage, RefusalCode, TranscriptMessage } from './conversation-types.ts';
import { cutOffOf } from './ended-answer.ts';
import { timeOfDay } from './formats.ts';
import { lazyPart } from '../../ui/import-part.ts';
import { Markdown } from './markdown.tsx';
import { RatingsContext } from './ratings/ratings-context.ts';
import { WithSources } from './sources/message-sources.tsx';
import { SourceList } from './sources/source-list.tsx';
import classes from './transcript.module.css';
import { ToolCalls } from './tool-calls.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';

const EditMessage = lazyPart(() => import('./branches/edit-message.tsx'));
const ReadAloudButton = lazyPart(() => import('./speech/read-aloud-button.tsx'));
const canRead = 'speechSynthesis' in window;
const RatingButtons = lazyPart(() => withEverydayTexts(() => import('./ratings/rating-buttons.tsx')));
const FallbackNote = lazyPart(() => withPageTexts(() => import('./fallback-note.tsx')));
const UsageNote = lazyPart(() => import('./usage-note.tsx'));
const Attachments = lazyPart(() => import('./attachments.tsx'));

export interface RowAgent {
  id: string;
  name: string;
  isPersonal: boolean;
  icon: Agent['icon'];
}

interface AnswerRowProps {
  agent: RowAgent;
  message: TranscriptMessage;
  /** The message itself and those behind it that are nothing but further calls of tools. */
  steps: readonly TranscriptMessage[];
  first: boolean;
  last: boolean;
  /** The run still goes on, so more of this answer may come. */
  running: boolean;
  answer: () => readonly TranscriptMessage[];
  /** The message of the person that is answered; undefined while it is not loaded. */
  questionId: string | undefined;
  decisions: Readonly<Record<string, 'approve' | 'deny'>>;
  onDecide: ((approvalId: string, choice: Choice) => void) | undefined;
  showUsage: boolean;
}

export const AnswerRow = memo(function AnswerRow(props: AnswerRowProps) {
  const { agent, message, steps, first, last, running, answer, decisions, onDecide } = props;
  const { t } = useTranslation();
  const end = steps.at(-1) ?? message;
  const isEnd = last && !running && !isEmpty(end);
  const writer = isEnd && answer().findLast(({ fallbackModel }) => fallbackModel)?.fallbackModel;
  const cutOff = cutOffOf(end);
  return (
    <article className={classes.answer} data-first={first || undefined} aria-label={agent.name}>
      <div className={classes.avatar}>
        {first && <AgentAvatar id={agent.id} isPersonal={agent.isPersonal} icon={agent.icon} size={28} />}
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
        <ToolCalls
          steps={steps}
          agentId={agent.id}
          agentName={agent.name}
          answer={answer}
          decisions={decisions}
          onDecide={onDecide}
        />
        {cutOff && (
          <p className={classes.interrupted}>
            {cutOff === 'aborted' ? <CircleStop size={14} aria-hidden /> : <TriangleAlert size={14} aria-hidden />}
            {end.content === '' && cutOff === 'length' ? t('chat.endedEarly.thinking') : t(`chat.endedEarly.${cutOff}`)}
          </p>
        )}
        {writer && (
          <Suspense>
            <FallbackNote model={writer} />
          </Suspense>
        )}
        {isEnd && <AnswerFooter {...props} message={end} />}
      </div>
    </article>
  );
}, isSameAnswer);

/** The steps are put together anew whenever anything moves; what counts is which they are. */
function isSameAnswer(before: AnswerRowProps, after: AnswerRowProps): boolean {
  const { steps: stepsBefore, ...propsBefore } = before;
  const { steps, ...props } = after;
  const names = Object.keys(props) as (keyof typeof props)[];
  return (
    names.every((name) => Object.is(propsBefore[name], props[name])) &&
    steps.length === stepsBefore.length &&
    steps.every((step, index) => step === stepsBefore[index])
  );
}

const isEmpty = ({ content, toolCalls }: TranscriptMessage) => content === '' && toolCalls.length === 0;

function AnswerFooter({ agent, answer, message, questionId, showUsage }: AnswerRowProps) {
  const { t } = useTranslation();
  const isRated = useContext(RatingsContext) !== undefined;
  const text = () =>
    answer()
      .map((part) => part.content)
      .filter(Boolean)
      .join('\n\n');
  return (
    <div className={classes.footer}>
      <BranchStepper branches={answer()[0]?.branches} />
      <CopyButton label={t('chat.copyAnswer')} text={text} />
      {canRead && (
        <Suspense>
          <ReadAloudButton id={message.id} text={text} />
        </Suspense>
      )}
      {questionId && <RegenerateButtons questionId={questionId} answer={answer} />}
      {isRated && (
        <Suspense>
          <RatingButtons agentId={agent.id} messageId={message.id} rating={message.rating} />
        </Suspense>
      )}
      <time dateTime={message.createdAt}>{timeOfDay(message.createdAt)}</time>
      {showUsage && (
        <Suspense>
          <UsageNote messages={answer()} />
        </Suspense>
      )}
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
  const [editing, setEditing] = useState(false);
  const canBranch = useContext(BranchActionsContext) !== undefined;
  return (
    <article className={classes.said} aria-label={t('chat.you')}>
      <Attached attachments={message.attachments} agentId={agentId} />
      {editing ? (
        <Suspense>
          <EditMessage messageId={message.id} content={message.content} onClose={() => setEditing(false)} />
        </Suspense>
      ) : (
        message.content !== '' && (
          <div className={classes.bubble} dir="auto">
            {message.content}
          </div>
        )
      )}
      <div className={classes.saidFooter}>
        <BranchStepper branches={message.branches} />
        {queued && (
          <span className={classes.queued}>
            <Clock size={13} aria-hidden />
            {t('chat.queued')}
          </span>
        )}
        {unanswered && (
          <span>{t(unanswered === 'aborted' ? 'chat.endedEarly.unansweredAborted' : 'chat.unanswered')}</span>
        )}
        {canBranch && !editing && message.content !== '' && (
          <Tooltip label={t('chat.branches.edit')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={t('chat.branches.edit')}
              onClick={() => setEditing(true)}
            >
              <Pencil size={14} />
            </ActionIcon>
          </Tooltip>
        )}
        {message.content !== '' && <CopyButton label={t('chat.copyMessage')} text={() => message.content} />}
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
  const say = useSentences();
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
      <Attached attachments={message.attachments} agentId={agentId} />
      {message.content !== '' && (
        <div className={classes.bubble} data-pending={!failure || undefined} dir="auto">
          {message.content}
        </div>
      )}
      {failure ? (
        <div className={classes.failure} role="alert">
          <TriangleAlert size={14} aria-hidden />
          <span>
            {t('chat.notSent')}{' '}
            {failure.code === 'not_found' ? say(failure.message) : t(`chat.errors.${failure.code as RefusalCode}`)}
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

function Attached({ attachments, agentId }: { attachments: Attachment[] | undefined; agentId: string }) {
  if (!attachments || attachments.length === 0) return null;
  return (
    <Suspense>
      <Attachments attachments={attachments} agentId={agentId} />
    </Suspense>
  );
}
