import type { WaitingCall } from '../../../contract/approvals.ts';
import { useTranslation } from '../../texts/language.ts';
import { TextLink } from '../../ui/button-link.tsx';

/** Leads to where a call was asked for. */
export function ConversationLink({ agentId, chatId }: Pick<WaitingCall, 'agentId' | 'chatId'>) {
  const { t } = useTranslation();
  return chatId ? (
    <TextLink to="/chat/$agentId/$chatId" params={{ agentId, chatId }}>
      {t('approvals.open')}
    </TextLink>
  ) : (
    <TextLink to="/chat/$agentId" params={{ agentId }}>
      {t('approvals.open')}
    </TextLink>
  );
}
