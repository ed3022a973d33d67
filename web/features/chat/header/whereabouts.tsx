import { UnstyledButton } from '@mantine/core';
import { Lock } from 'lucide-react';
import { Suspense } from 'react';
import type { Agent } from '../../../../contract/agents.ts';
import { useTranslation, withPageTexts } from '../../../texts/language.ts';
import { lazyPart } from '../../../ui/import-part.ts';
import { MenuOnDemand } from '../../../ui/menu-on-demand.tsx';
import { modelName } from '../../../ui/model-name.ts';
import { useSocketState } from '../use-chat.ts';
import classes from './chat-header.module.css';

const load = () => withPageTexts(() => import('./whereabouts-details.tsx'));
const Details = lazyPart(load);
const ShareSign = lazyPart(() => import('./share-sign.tsx'));

/** In one line who sees this conversation, whether it is connected, and the model; what that means is one press away. */
export function Whereabouts({ agent, conversationId }: { agent: Agent; conversationId: string | undefined }) {
  const { t } = useTranslation();
  const { status, runtimeConnected } = useSocketState();
  const isOpen = status.phase === 'open';
  const state = isOpen ? (runtimeConnected ? 'connected' : 'runtimeAway') : 'connecting';
  const stateText = t(`chat.where.${state}`);
  const onlyYou = (
    <>
      <Lock size={12} aria-hidden className={classes.lock} />
      <span className={classes.private}>{t('chat.where.private')}</span>
    </>
  );
  return (
    <MenuOnDemand
      load={load}
      opens="dialog"
      target={
        <UnstyledButton className={classes.where}>
          <span className={classes.dot} data-state={state} role="img" aria-label={stateText} />
          <span>{t('chat.ai')} ·</span>
          {conversationId ? (
            <Suspense fallback={onlyYou}>
              <ShareSign agentId={agent.id} conversationId={conversationId}>
                {onlyYou}
              </ShareSign>
            </Suspense>
          ) : (
            onlyYou
          )}
          <span className={classes.model}>· {agent.model ? modelName(agent.model) : t('chat.noModel')}</span>
        </UnstyledButton>
      }
    >
      {(target) => <Details target={target} agent={agent} conversationId={conversationId} state={stateText} />}
    </MenuOnDemand>
  );
}
