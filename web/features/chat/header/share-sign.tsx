import { Users } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from '../../../texts/language.ts';
import classes from './chat-header.module.css';
import { useShare } from './use-share.ts';

interface ShareSignProps {
  agentId: string;
  conversationId: string;
  /** What stands there while nobody else may read it. */
  children: ReactNode;
}

/** That others may read the conversation. */
export default function ShareSign({ agentId, conversationId, children }: ShareSignProps) {
  const { t } = useTranslation();
  if (!useShare(agentId, conversationId)) return children;
  return (
    <>
      <Users size={12} aria-hidden className={classes.lock} />
      <span className={classes.private}>{t('chat.where.shared')}</span>
    </>
  );
}
