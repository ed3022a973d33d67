import { useSuspenseQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from '../../texts/language.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { Picture } from '../../ui/picture.tsx';
import { StatePage } from '../../ui/state-page.tsx';
import { useMe } from '../session/session-queries.ts';
import { findStartAgent, groupAgents } from './agent-order.ts';
import { agentsQuery } from './agent-queries.ts';

/** Leads to the agent used last; without any agent it says what to do. */
export function HomePage() {
  const { t } = useTranslation();
  const me = useMe();
  const { data } = useSuspenseQuery(agentsQuery);
  const start = findStartAgent(groupAgents(data, me));
  const router = useRouter();
  const agentId = start?.id;
  useEffect(() => {
    // Whoever is on the way elsewhere already is not called back.
    if (agentId && router.latestLocation.pathname === '/')
      void router.navigate({ to: '/chat/$agentId', params: { agentId }, replace: true });
  }, [agentId, router]);
  if (start) return null;
  const isAdmin = me.role === 'admin';
  return (
    <StatePage
      illustration={<Picture name="agents" />}
      title={t('agents.noneTitle')}
      actions={isAdmin && <ButtonLink to="/agents/new">{t('agents.noneAction')}</ButtonLink>}
    >
      {isAdmin ? t('agents.noneAdmin') : t('agents.noneMember')}
    </StatePage>
  );
}
