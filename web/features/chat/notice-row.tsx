import { Alert, Button } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import { Suspense } from 'react';
import { useSentences } from '../../sentences/sentences.ts';
import { useTranslation } from '../../texts/language.ts';
import type { Agent } from '../../../contract/agents.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { lazyPart } from '../../ui/import-part.ts';
import type { ConversationAddress } from './conversation-address.ts';
import { useChatSession } from './chat-socket-provider.tsx';
import type { Notice, RefusalCode, TranscriptMessage } from './conversation-types.ts';
import { canGoOn, type CutOff } from './ended-answer.ts';
import classes from './transcript.module.css';
import { useAskAgain } from './use-ask-again.ts';
import { useNewConversation } from './use-conversation-changes.ts';

const RefusalText = lazyPart(() => import('./budgets/refusal-text.tsx'));

interface NoticeRowProps {
  notice: Notice;
  agent: Agent;
  address: ConversationAddress;
  isAdmin: boolean;
}

/** What went wrong, in the server's words where it knows more than we do, and the step that mends it. */
export function NoticeRow({ notice, agent, address, isAdmin }: NoticeRowProps) {
  const { t } = useTranslation();
  const say = useSentences();
  const session = useChatSession();
  const askAgain = useAskAgain(address);
  const isLive = session.state(address).notice !== undefined;
  const goesOn = notice.code === 'agent_stopped' && !agent.stopped;
  const canAskHere = goesOn || !beginsAnew.has(notice.code);
  const title = () => {
    if (goesOn) return t('chat.goesOnAgain');
    return notice.ofRun ? t(`chat.failures.${notice.code}`) : t(`chat.errors.${notice.code as RefusalCode}`);
  };
  return (
    <Alert
      className={classes.notice}
      color="orange"
      variant="light"
      icon={<TriangleAlert size={18} />}
      title={title()}
      withCloseButton={isLive}
      closeButtonLabel={t('chat.dismiss')}
      onClose={() => session.dismissNotice(address)}
    >
      {notice.message && notice.code !== 'agent_stopped' && (
        <p className={classes.noticeText}>
          {notice.code === 'budget_exceeded' ? (
            <Suspense>
              <RefusalText text={say(notice.message)} />
            </Suspense>
          ) : (
            say(notice.message)
          )}
        </p>
      )}
      <div className={classes.noticeActions}>
        {canAskHere && askAgain && (
          <Button size="xs" onClick={askAgain}>
            {t('chat.askAgain')}
          </Button>
        )}
        {canAskHere && !askAgain && (
          <Button size="xs" onClick={() => session.refresh(address)}>
            {t('chat.retry')}
          </Button>
        )}
        <MendingStep notice={notice} agent={agent} isAdmin={isAdmin} />
      </div>
    </Alert>
  );
}

/** Asking the same again here would end the same way, or has not failed. */
const beginsAnew: ReadonlySet<Notice['code']> = new Set([
  'context_too_long',
  'not_found',
  'run_active',
  'agent_stopped',
]);

/** What to do about an answer that is not whole, or that never came. What happened stands with the answer itself. */
export function EndedRow({
  message,
  reason,
  address,
}: {
  message: TranscriptMessage;
  reason: CutOff | undefined;
  address: ConversationAddress;
}) {
  const { t } = useTranslation();
  const session = useChatSession();
  const askAgain = useAskAgain(address);
  const isQuestion = message.role === 'user';
  return (
    <div className={classes.unanswered} data-after={isQuestion ? 'question' : 'answer'}>
      {isQuestion && <span>{t(reason === 'aborted' ? 'chat.endedEarly.unansweredAborted' : 'chat.unanswered')}</span>}
      {!isQuestion && reason && canGoOn.has(reason) && (
        <Button size="compact-xs" variant="light" onClick={() => session.send(address, t('chat.goOnMessage'), [])}>
          {t('chat.goOn')}
        </Button>
      )}
      {askAgain && (
        <Button size="compact-xs" variant="light" onClick={askAgain}>
          {t('chat.askAgain')}
        </Button>
      )}
    </div>
  );
}

function MendingStep({ notice, agent, isAdmin }: { notice: Notice; agent: Agent; isAdmin: boolean }) {
  const { t } = useTranslation();
  const startNew = useNewConversation(agent.id);
  switch (notice.code) {
    case 'no_provider':
    case 'provider_auth':
    case 'provider_quota':
      if (!isAdmin) return <p className={classes.noticeText}>{t('chat.mend.askAdmin')}</p>;
      return (
        <ButtonLink size="xs" variant="default" to="/settings" search={{ section: 'providers' }}>
          {t('chat.mend.providers')}
        </ButtonLink>
      );
    case 'model_not_found':
    case 'internal':
      // What a provider refuses for good, another model may answer.
      if (notice.code === 'internal' && (notice.retryable || !notice.ofRun)) return null;
      if (!agent.abilities.edit) return <p className={classes.noticeText}>{t('chat.mend.askAdminModel')}</p>;
      return (
        <ButtonLink size="xs" variant="default" to="/agents/$agentId/settings" params={{ agentId: agent.id }}>
          {t('chat.mend.model')}
        </ButtonLink>
      );
    case 'model_unpriced':
      return isAdmin ? (
        <ButtonLink size="xs" variant="default" to="/usage" hash="prices">
          {t('chat.mend.price')}
        </ButtonLink>
      ) : null;
    case 'context_too_long':
    case 'not_found':
      return (
        <Button size="xs" variant="default" onClick={() => void startNew()}>
          {t('chat.mend.newConversation')}
        </Button>
      );
    default:
      return null;
  }
}
