import { Alert, Button } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import { useTranslation } from '../../texts/language.ts';
import type { Agent } from '../../../contract/agents.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import type { ConversationAddress } from './chat-session.ts';
import { useChatSession } from './chat-socket-provider.tsx';
import type { Notice } from './conversation-types.ts';
import classes from './transcript.module.css';
import { useNewConversation } from './use-conversation-changes.ts';

interface NoticeRowProps {
  notice: Notice;
  agent: Agent;
  address: ConversationAddress;
  isAdmin: boolean;
}

/** The same question may be answered once somebody has mended what the notice names. */
const mendable: ReadonlySet<Notice['code']> = new Set([
  'no_provider',
  'provider_auth',
  'provider_quota',
  'model_not_found',
]);

/** What went wrong, in the server's words where it knows more than we do, and the step that mends it. */
export function NoticeRow({ notice, agent, address, isAdmin }: NoticeRowProps) {
  const { t } = useTranslation();
  const session = useChatSession();
  const lastSaid = session.state(address).messages.findLast(({ role, content }) => role === 'user' && content !== '');
  // Its attachments are in the conversation already, and each can be sent once only.
  const askAgain = () => lastSaid && session.send(address, lastSaid.content, []);
  return (
    <Alert
      className={classes.notice}
      color="claw"
      variant="light"
      icon={<TriangleAlert size={18} />}
      title={t(`chat.errors.${notice.code}`)}
      withCloseButton
      closeButtonLabel={t('chat.dismiss')}
      onClose={() => session.dismissNotice(address)}
    >
      {notice.message && <p className={classes.noticeText}>{notice.message}</p>}
      <div className={classes.noticeActions}>
        {(notice.retryable || mendable.has(notice.code)) && lastSaid && (
          <Button size="xs" onClick={askAgain}>
            {t('chat.askAgain')}
          </Button>
        )}
        {notice.retryable && !lastSaid && (
          <Button size="xs" onClick={() => session.refresh(address)}>
            {t('chat.retry')}
          </Button>
        )}
        <MendingStep code={notice.code} agent={agent} isAdmin={isAdmin} />
      </div>
    </Alert>
  );
}

/** After a reload the reason is not known any more; that nothing will come is. */
export function UnansweredRow({ content, address }: { content: string; address: ConversationAddress }) {
  const { t } = useTranslation();
  const session = useChatSession();
  return (
    <div className={classes.unanswered}>
      <span>{t('chat.unanswered')}</span>
      {content !== '' && (
        <Button size="compact-xs" variant="light" onClick={() => session.send(address, content, [])}>
          {t('chat.askAgain')}
        </Button>
      )}
    </div>
  );
}

function MendingStep({ code, agent, isAdmin }: { code: Notice['code']; agent: Agent; isAdmin: boolean }) {
  const { t } = useTranslation();
  const startNew = useNewConversation(agent.id);
  switch (code) {
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
      if (!agent.abilities.edit) return <p className={classes.noticeText}>{t('chat.mend.askAdminModel')}</p>;
      return (
        <ButtonLink size="xs" variant="default" to="/agents/$agentId/settings" params={{ agentId: agent.id }}>
          {t('chat.mend.model')}
        </ButtonLink>
      );
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
