import { Collapse, Skeleton, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Check, ChevronRight, CircleSlash, Hand, LoaderCircle, TriangleAlert } from 'lucide-react';
import { memo, Suspense, useId } from 'react';
import { useSentences } from '../../sentences/sentences.ts';
import { useTranslation, withPageTexts } from '../../texts/language.ts';
import { titleOfTool } from '../../texts/tool-titles.ts';
import type { ToolCall } from '../../../contract/socket.ts';
import { visibleText } from '../../../contract/visible-text.ts';
import { DecisionButtons } from '../approvals/decision-buttons.tsx';
import { minutesAndSeconds, useSecondsUntil } from '../approvals/time-left.ts';
import { lazyPart } from '../../ui/import-part.ts';
import type { Choice, TranscriptMessage } from './conversation-types.ts';
import { ToolInput } from './tool-input.tsx';
import { toolStateKeys } from './tool-state.ts';
import classes from './tool-call.module.css';

const ToolOutput = lazyPart(() => import('./tool-output.tsx'));
const ProposalView = lazyPart(() => withPageTexts(() => import('../approvals/proposal-view.tsx')));
const AllowAlways = lazyPart(() => withPageTexts(() => import('../approvals/allow-always.tsx')));

interface ToolCallCardProps {
  call: ToolCall;
  agentId: string;
  /** The message that the call belongs to. */
  messageId: string;
  /** All of the answer that the call was made for. */
  answer: () => readonly TranscriptMessage[];
  agentName: string;
  decision: 'approve' | 'deny' | undefined;
  onDecide: ((approvalId: string, choice: Choice) => void) | undefined;
}

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
          {call.summary === undefined ? t(toolStateKeys[call.state]) : say(call.summary)}
        </span>
        {call.summary && <span className="visually-hidden">{t(toolStateKeys[call.state])}</span>}
        <ChevronRight size={15} className={classes.chevron} data-opened={opened || undefined} aria-hidden />
      </UnstyledButton>
      <Collapse expanded={opened} id={bodyId}>
        <div className={classes.body}>
          {call.proposal && opened && (
            <Suspense fallback={<Words />}>
              <ProposalView proposal={call.proposal} tool={call.name} input={call.input} />
            </Suspense>
          )}
          {!call.proposal && <PlainCall call={call} />}
          <p className={classes.label}>{t('chat.toolResult')}</p>
          <p className={classes.result}>
            {t(toolStateKeys[call.state])}
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

/** What is called and with what, where nothing says it in the words of the business. */
function PlainCall({ call }: { call: ToolCall }) {
  const { t } = useTranslation();
  return (
    <>
      <p className={classes.label}>{t('chat.tool')}</p>
      <code>{visibleText(call.name)}</code>
      <ToolInput input={call.input} />
    </>
  );
}

/** Words are on their way: nothing is decided by what they stand for in the meantime. */
const Words = () => (
  <div className={classes.body} aria-busy>
    <Skeleton height={14} width="70%" mb={8} />
    <Skeleton height={14} width="45%" />
  </div>
);

const isOver = ({ state }: ToolCall) => state === 'done' || state === 'failed';

function ApprovalCard({ call, agentName, decision, onDecide }: ToolCallCardProps) {
  const { t } = useTranslation();
  const say = useSentences();
  const secondsLeft = useSecondsUntil(call.expiresAt);
  const expired = secondsLeft === 0;
  const titleId = useId();
  const decide = (choice: Choice) => call.approvalId && onDecide?.(call.approvalId, choice);
  const { proposal } = call;
  const isClosed = expired || !onDecide || !!decision;
  return (
    <section className={classes.approval} aria-labelledby={titleId} data-destroys={proposal?.destroys || undefined}>
      <h3 id={titleId}>
        {icons.approval}
        {proposal
          ? t('chat.approvalAsks', { agent: agentName })
          : t('chat.approvalTitle', { agent: agentName, tool: titleOfTool(t, call.name) })}
      </h3>
      <Suspense fallback={<Words />}>
        <div className={classes.body}>
          {proposal ? (
            <ProposalView proposal={proposal} tool={call.name} input={call.input} />
          ) : (
            <>
              {call.summary && <p className={classes.result}>{say(call.summary)}</p>}
              <PlainCall call={call} />
            </>
          )}
        </div>
        <div className={classes.decision}>
          <DecisionButtons destroys={proposal?.destroys} disabled={isClosed} chosen={decision} onChoose={decide} />
          {secondsLeft !== undefined && (
            <span className={classes.countdown} role="timer">
              {expired
                ? t('chat.approvalExpired')
                : t('chat.approvalExpires', { time: minutesAndSeconds(secondsLeft) })}
            </span>
          )}
        </div>
        {call.mayAllowAlways && (
          <div className={classes.decision}>
            <AllowAlways disabled={isClosed} onAllow={() => decide({ decision: 'approve', always: true })} />
          </div>
        )}
      </Suspense>
    </section>
  );
}
