import { Popover } from '@mantine/core';
import { type ReactElement, type ReactNode, useId } from 'react';
import type { Agent } from '../../../../contract/agents.ts';
import type { Share } from '../../../../contract/sharing.ts';
import { fileReadingTool } from '../../../../contract/reading-tools.ts';
import { useTranslation } from '../../../texts/language.ts';
import { TextLink } from '../../../ui/button-link.tsx';
import { useOpenedAfterMount } from '../../../ui/menu-on-demand.tsx';
import { useIsAdmin } from '../../session/session-queries.ts';
import classes from './chat-header.module.css';
import { useShare } from './use-share.ts';

interface WhereaboutsDetailsProps {
  target: ReactElement;
  agent: Agent;
  conversationId: string | undefined;
  /** Of the connection, in words. */
  state: string;
}

/** Who sees what is said and uploaded here, and what admins see of it. */
export default function WhereaboutsDetails({ target, agent, conversationId, state }: WhereaboutsDetailsProps) {
  const { t, locale } = useTranslation();
  const list = (names: readonly string[]) => new Intl.ListFormat(locale).format(names);
  const isAdmin = useIsAdmin();
  const share = useShare(agent.id, conversationId);
  const popover = useOpenedAfterMount();
  const titleId = useId();
  const providers = [agent.model, agent.fallbackModel].flatMap((model) => model?.split('/')[0] ?? []);
  const either = new Intl.ListFormat(locale, { type: 'disjunction' });
  const access = () => {
    if (agent.isPersonal) return t('where.agentPersonal', { agent: agent.name });
    return t(agent.visibility === 'all' ? 'where.agentAll' : 'where.agentGroups', { agent: agent.name });
  };
  return (
    <Popover {...popover} position="bottom-start" width={360} shadow="md" trapFocus returnFocus withinPortal>
      <Popover.Target>{target}</Popover.Target>
      <Popover.Dropdown aria-labelledby={titleId} className={classes.details}>
        <h2 id={titleId}>{t('where.title')}</h2>
        <dl>
          {share ? (
            <Fact label={t('where.shared')}>{t('where.sharedBody', { names: list(namesOf(share)) })}</Fact>
          ) : (
            <Fact label={t('where.conversation')}>{t('where.conversationBody')}</Fact>
          )}
          <Fact label={t('where.uploads')}>
            {t(agent.allowedTools.includes(fileReadingTool) ? 'where.uploadsBody' : 'where.uploadsPictures', {
              provider:
                providers.length > 0 ? either.format(new Set(providers.map(nameOfProvider))) : t('where.noProvider'),
            })}
          </Fact>
          <Fact label={t('where.admins')}>{t('where.adminsBody')}</Fact>
          <Fact label={t('where.agent')}>
            {access()} {agent.responsibleUserName && t('where.responsible', { name: agent.responsibleUserName })}
          </Fact>
          <Fact label={t('where.connection')}>{state}</Fact>
        </dl>
        {isAdmin && (
          <TextLink to="/audit" search={{ agentId: agent.id }}>
            {t('where.toTrail')}
          </TextLink>
        )}
      </Popover.Dropdown>
    </Popover>
  );

  function nameOfProvider(id: string): string {
    const known = ['anthropic', 'openai', 'google', 'ollama-cloud', 'ollama-local'] as const;
    const found = known.find((one) => one === id);
    return found ? t(`providers.${found}.name`) : id;
  }
}

const namesOf = ({ users, groups }: Share) => [...users, ...groups].map(({ name }) => name);

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
