import { Button, Collapse, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Check, ChevronRight, CircleSlash, Hand, LoaderCircle, TriangleAlert } from 'lucide-react';
import { memo, Suspense, useEffect, useId, useState } from 'react';
import { useSentences } from '../../sentences/sentences.ts';
import { useTranslation } from '../../texts/language.ts';
import { titleOfTool } from '../../texts/tool-titles.ts';
import type { ToolCall, ToolState } from '../../../contract/socket.ts';
import { visibleText } from '../../../contract/visible-text.ts';
import { lazyPart } from '../../ui/import-part.ts';
import type { TranscriptMessage } from './conversation-types.ts';
import { ToolInput } from './tool-input.tsx';
import classes from './tool-call.module.css';

const ToolOutput = lazyPart(() => import('./tool-output.tsx'));

interface ToolCallCardProps {
  call: ToolCall;
  agentId: string;
  /** The message that the call belongs to. */
  messageId: string;
  /** All of the answer that the call was made for. */
  answer: () => readonly TranscriptMessage[];
  agentName: string;
  decision: 'approve' | 'deny' | undefined;
  onDecide: ((approvalId: string, decision: 'approve' | 'deny') => void) | undefined;
}

const stateKeys = {
  running: 'chat.toolRunning',
  done: 'chat.toolDone',
  denied: 'chat.toolDenied',
  failed: 'chat.toolFailed',
  approval: 'chat.toolApproval',
} as const satisfies Record<ToolState, string>;

const icons = {
  running: <LoaderCircle size={15} className={classes.spin} aria-hidden />,
  done: <Check size={15} aria-hidden />,
  denied: <CircleSlash size={15} aria-hidden />,
  failed: <TriangleAlert size={15} aria-hidden />,
  approval: <Hand size={15} aria-hidden />,
};

export const ToolCallCard = memo(function ToolCallCard(props: ToolCallCardProps) {
  return props.call.state === 'approval' ? <ApprovalCard {...props} /> : <QuietCard {...props} />;
});

function QuietCard({ call, agentId, messageId, answer }: ToolCallCardProps) {
  const { t } = useTranslation();
  const say = useSentences();
  const [opened, { toggle }] = useDisclosure(false);
  const bodyId = useId();
  return (
    <div className={classes.card} data-state={call.state}>
      <UnstyledButton className={classes.head} onClick={toggle} aria-expanded={opened} aria-controls={bodyId}>
        <span className={classes.icon}>{icons[call.state]}</span>
        <span className={classes.name}>{titleOfTool(t, call.name)}</span>
        <span className={classes.summary}>
          {call.summary === undefined ? t(stateKeys[call.state]) : say(call.summary)}
        </span>
        {call.summary && <span className="visually-hidden">{t(stateKeys[call.state])}</span>}
        <ChevronRight size={15} className={classes.chevron} data-opened={opened || undefined} aria-hidden />
      </UnstyledButton>
      <Collapse expanded={opened} id={bodyId}>
        <div className={classes.body}>
          <p className={classes.label}>{t('chat.tool')}</p>
          <code>{visibleText(call.name)}</code>
          <ToolInput input={call.input} />
          <p className={classes.label}>{t('chat.toolResult')}</p>
          <p className={classes.result}>
            {t(stateKeys[call.state])}
            {call.summary && ` – ${say(call.summary)}`}
          </p>
          {opened && isOver(call) && (
            <Suspense>
              <ToolOutput call={{ agentId, messageId, toolCallId: call.toolCallId }} answer={answer} />
            </Suspense>
          )}
        </div>
      </Collapse>
    </div>
  );
}

const isOver = ({ state }: ToolCall) => state === 'done' || state === 'failed';

function ApprovalCard({ call, agentName, decision, onDecide }: ToolCallCardProps) {
  const { t } = useTranslation();
  const say = useSentences();
  const secondsLeft = useSecondsUntil(call.expiresAt);
  const expired = secondsLeft === 0;
  const titleId = useId();
  const decide = (choice: 'approve' | 'deny') => call.approvalId && onDecide?.(call.approvalId, choice);
  return (
    <section className={classes.approval} aria-labelledby={titleId}>
      <h3 id={titleId}>
        {icons.approval}
        {t('chat.approvalTitle', { agent: agentName, tool: titleOfTool(t, call.name) })}
      </h3>
      <div className={classes.body}>
        {call.summary && <p className={classes.result}>{say(call.summary)}</p>}
        <p className={classes.label}>{t('chat.tool')}</p>
        <code>{visibleText(call.name)}</code>
        <ToolInput input={call.input} />
      </div>
      <div className={classes.decision}>
        <Button
          size="xs"
          disabled={expired || !onDecide || !!decision}
          loading={decision === 'approve'}
          onClick={() => decide('approve')}
        >
          {t('chat.approve')}
        </Button>
        <Button
          size="xs"
          variant="default"
          disabled={expired || !onDecide || !!decision}
          loading={decision === 'deny'}
          onClick={() => decide('deny')}
        >
          {t('chat.deny')}
        </Button>
        {secondsLeft !== undefined && (
          <span className={classes.countdown} role="timer">
            {expired ? t('chat.approvalExpired') : t('chat.approvalExpires', { time: minutesAndSeconds(secondsLeft) })}
          </span>
        )}
      </div>
    </section>
  );
}

function useSecondsUntil(time: string | undefined): number | undefined {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!time) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [time]);
  return time ? Math.max(0, Math.ceil((new Date(time).getTime() - now) / 1_000)) : undefined;
}

const minutesAndSeconds = (seconds: number) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
