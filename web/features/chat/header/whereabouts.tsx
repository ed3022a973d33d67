import { UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Lock, Users } from 'lucide-react';
import type { Agent } from '../../../../contract/agents.ts';
import type { Share } from '../../../../contract/sharing.ts';
import { loadPageTexts, useTranslation } from '../../../texts/language.ts';
import { lazyPart } from '../../../ui/import-part.ts';
import { MenuOnDemand } from '../../../ui/menu-on-demand.tsx';
import { shareQuery, sharingQuery } from '../../sharing/sharing-queries.ts';
import { useConnection } from '../use-chat.ts';
import classes from './chat-header.module.css';

const load = async () => (await Promise.all([import('./whereabouts-details.tsx'), loadPageTexts()]))[0];
const Details = lazyPart(load);

/** In one line who sees this conversation, whether it is connected, and the model; what that means is one press away. */
export function Whereabouts({ agent, conversationId }: { agent: Agent; conversationId: string | undefined }) {
  const { t } = useTranslation();
  const { connection, runtimeConnected } = useConnection();
  const share = useShare(agent.id, conversationId);
  const Sign = share ? Users : Lock;
  const isOpen = connection.phase === 'open';
  const state = isOpen ? (runtimeConnected ? 'connected' : 'runtimeAway') : 'connecting';
  const stateText = t(`chat.where.${state}`);
  return (
    <MenuOnDemand
      load={load}
      opens="dialog"
      target={
        <UnstyledButton className={classes.where}>
          <span className={classes.dot} data-state={state} role="img" aria-label={stateText} />
          <Sign size={12} aria-hidden className={classes.lock} />
          <span className={classes.private}>{t(share ? 'chat.where.shared' : 'chat.where.private')}</span>
          <span className={classes.model}>
            · {t('chat.ai')} · {agent.model ?? t('chat.noModel')}
          </span>
        </UnstyledButton>
      }
    >
      {(target) => <Details target={target} agent={agent} share={share} state={stateText} />}
    </MenuOnDemand>
  );
}

/** Whom the person lets read this conversation, if anybody. */
function useShare(agentId: string, chatId: string | undefined): Share | null {
  const { data: sharing } = useQuery(sharingQuery);
  const isPossible = sharing?.enabled === true && chatId !== undefined;
  const { data } = useQuery({ ...shareQuery({ agentId, chatId: chatId ?? '' }), enabled: isPossible });
  return (isPossible && data?.share) || null;
}
