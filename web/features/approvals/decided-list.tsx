import { CircleCheck, CircleX } from 'lucide-react';
import type { WaitingCall } from '../../../contract/approvals.ts';
import { headlineOf } from '../../../contract/texts/proposal-words.ts';
import { useTranslation } from '../../texts/language.ts';
import { titleOfTool } from '../../texts/tool-titles.ts';
import { focusOnMount } from '../../ui/focus-on-mount.ts';
import type { Choice } from '../chat/conversation-types.ts';
import { ConversationLink } from './conversation-link.tsx';
import { sayProposal } from './say-proposal.ts';
import classes from './approvals-page.module.css';

export interface Decided {
  call: WaitingCall;
  choice: Choice;
}

/** What was decided on this page, the newest first; each leads to where its agent goes on. */
export function DecidedList({ decided }: { decided: readonly Decided[] }) {
  const { t } = useTranslation();
  return (
    <ul className={classes.decided} aria-label={t('approvals.decided.title')}>
      {decided.map(({ call, choice: { decision, always } }) => {
        const what = call.proposal ? headlineOf(sayProposal(t), call.proposal) : titleOfTool(t, call.tool);
        const Icon = decision === 'approve' ? CircleCheck : CircleX;
        return (
          // The buttons that had the focus are gone.
          <li key={call.approvalId} tabIndex={-1} ref={focusOnMount} data-decision={decision}>
            <Icon size={16} aria-hidden />
            <div>
              <p>{t(`approvals.decided.${always ? 'always' : decision}`, { what })}</p>
              <p className={classes.place}>
                {t('approvals.decided.goesOn', { agent: call.agentName })} <ConversationLink {...call} />
              </p>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
