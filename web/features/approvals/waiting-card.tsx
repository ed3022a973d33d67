import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Hand } from 'lucide-react';
import { useId } from 'react';
import type { WaitingCall } from '../../../contract/approvals.ts';
import { visibleText } from '../../../contract/visible-text.ts';
import { call as callEndpoint } from '../../api/client.ts';
import { useSentences } from '../../sentences/sentences.ts';
import { useTranslation } from '../../texts/language.ts';
import { titleOfTool } from '../../texts/tool-titles.ts';
import type { Choice } from '../chat/conversation-types.ts';
import { ToolInput } from '../chat/tool-input.tsx';
import AllowAlways from './allow-always.tsx';
import { ConversationLink } from './conversation-link.tsx';
import { DecisionButtons } from './decision-buttons.tsx';
import ProposalView from './proposal-view.tsx';
import { minutesAndSeconds, useSecondsUntil } from './time-left.ts';
import { waitingQuery } from './waiting.ts';
import classes from './approvals-page.module.css';

/** A call that waits, to be decided here or in its conversation. */
export function WaitingCard({ call, onDecided }: { call: WaitingCall; onDecided: (choice: Choice) => void }) {
  const { t } = useTranslation();
  const say = useSentences();
  const queryClient = useQueryClient();
  const titleId = useId();
  const secondsLeft = useSecondsUntil(call.expiresAt) ?? 0;
  const decision = useMutation({
    mutationFn: (body: Choice) => callEndpoint('decideApproval', { params: { id: call.approvalId }, body }),
    onSuccess: (_decided, choice) => onDecided(choice),
    onSettled: () => queryClient.invalidateQueries({ queryKey: waitingQuery.queryKey }),
  });
  const { proposal, agentId, chatId } = call;
  const isClosed = secondsLeft === 0 || decision.isPending || decision.isSuccess;
  const choice = decision.isPending ? decision.variables.decision : undefined;
  return (
    <section className={classes.card} aria-labelledby={titleId} data-destroys={proposal?.destroys || undefined}>
      <h2 id={titleId}>
        <Hand size={15} aria-hidden />
        {proposal
          ? t('chat.approvalAsks', { agent: call.agentName })
          : t('chat.approvalTitle', { agent: call.agentName, tool: titleOfTool(t, call.tool) })}
      </h2>
      <p className={classes.place}>
        {call.title && <span>{t('approvals.inConversation', { title: call.title })} · </span>}
        <ConversationLink agentId={agentId} chatId={chatId} />
      </p>
      {proposal && <ProposalView proposal={proposal} tool={call.tool} input={call.input} />}
      {!proposal && (
        <>
          {call.summary && <p>{say(visibleText(call.summary))}</p>}
          <ToolInput input={call.input} />
        </>
      )}
      <div className={classes.decision}>
        <DecisionButtons
          mayApprove={call.isWhole}
          destroys={proposal?.destroys}
          disabled={isClosed}
          chosen={choice}
          onChoose={decision.mutate}
        />
        <span className={classes.time} role="timer">
          {secondsLeft === 0
            ? t('approvals.expired')
            : t('approvals.expiresIn', { time: minutesAndSeconds(secondsLeft) })}
        </span>
      </div>
      {call.mayAllowAlways && call.isWhole && (
        <AllowAlways disabled={isClosed} onAllow={() => decision.mutate({ decision: 'approve', always: true })} />
      )}
      {decision.isError && <p role="alert">{t('approvals.decideFailed', { reason: decision.error.message })}</p>}
    </section>
  );
}
