import { ActionIcon, Badge } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Copy, MessageSquare, Settings2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from '../../../texts/language.ts';
import { AgentAvatar } from '../../../ui/agent-avatar.tsx';
import { ButtonLink } from '../../../ui/button-link.tsx';
import { useFormats } from '../../../ui/formats.ts';
import { formatMoney } from '../../../ui/money.ts';
import { Tooltip } from '../../../ui/tooltip.tsx';
import { useTagline } from '../smithers-words.ts';
import { isReviewDue } from '../review-due.ts';
import type { Exhibit } from './find-agents.ts';
import classes from './gallery.module.css';

interface AgentCardProps {
  exhibit: Exhibit;
  isAdmin: boolean;
  onDuplicate: () => void;
}

export function AgentCard({ exhibit, isAdmin, onDuplicate }: AgentCardProps) {
  const { t } = useTranslation();
  const { agent } = exhibit;
  const tagline = useTagline()(agent);
  const settings = t('shell.agentSettings', { name: agent.name });
  const copy = t('gallery.duplicateOf', { name: agent.name });
  return (
    <li className={classes.card}>
      <div className={classes.head}>
        <AgentAvatar id={agent.id} isPersonal={agent.isPersonal} icon={agent.icon} size={44} />
        <div className={classes.headText}>
          <h2 className={classes.name} title={agent.name}>
            {agent.name}
          </h2>
          {tagline && (
            <p className={classes.tagline} title={tagline}>
              {tagline}
            </p>
          )}
        </div>
      </div>
      <States exhibit={exhibit} isAdmin={isAdmin} />
      {agent.description && <p className={classes.description}>{agent.description}</p>}
      <Facts exhibit={exhibit} isAdmin={isAdmin} />
      <div className={classes.actions}>
        <ButtonLink
          to="/chat/$agentId"
          params={{ agentId: agent.id }}
          size="sm"
          variant="default"
          leftSection={<MessageSquare size={15} aria-hidden />}
          aria-label={t('gallery.chatWith', { name: agent.name })}
        >
          {t('gallery.chat')}
        </ButtonLink>
        <span className={classes.space} />
        {isAdmin && !agent.isPersonal && (
          <Tooltip label={copy}>
            <ActionIcon variant="subtle" color="gray" size="lg" aria-label={copy} onClick={onDuplicate}>
              <Copy size={17} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
        {agent.abilities.edit && (
          <Tooltip label={settings}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={settings}
              renderRoot={(props) => <Link to="/agents/$agentId/settings" params={{ agentId: agent.id }} {...props} />}
            >
              <Settings2 size={17} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
    </li>
  );
}

/** What somebody is to look at. */
function States({ exhibit: { agent }, isAdmin }: { exhibit: Exhibit; isAdmin: boolean }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const due = agent.reviewAt !== null && isReviewDue(agent);
  const unowned = isAdmin && !agent.isPersonal && agent.responsibleUserId === null;
  if (!agent.stopped && !due && !unowned) return null;
  return (
    <div className={classes.states}>
      {agent.stopped && (
        <Badge color="orange" variant="light">
          {t('gallery.stopped')}
        </Badge>
      )}
      {due && isAdmin && (
        <Badge color="yellow" variant="light">
          {t('gallery.reviewDue', { date: formats.date(agent.reviewAt!) })}
        </Badge>
      )}
      {unowned && (
        <Badge color="yellow" variant="light">
          {t('gallery.unowned')}
        </Badge>
      )}
    </div>
  );
}

function Facts({ exhibit, isAdmin }: { exhibit: Exhibit; isAdmin: boolean }) {
  const { t, locale } = useTranslation();
  const formats = useFormats();
  const { agent, modelName, tools, groups, use } = exhibit;
  const list = (names: readonly string[]) => new Intl.ListFormat(locale).format(names);
  const access = () => {
    if (agent.isPersonal) return t('gallery.onlyYou');
    if (agent.visibility === 'all') return t('agents.accessAll');
    if (groups.length > 0) return list(groups);
    return isAdmin && agent.groupIds.length === 0
      ? t('gallery.onlyAdmins')
      : t('gallery.groups', { count: agent.groupIds.length });
  };
  return (
    <dl className={classes.facts}>
      {!agent.isPersonal && <Fact label={t('agents.responsible')}>{agent.responsibleUserName ?? '–'}</Fact>}
      <Fact label={t('agents.model')}>{modelName ?? t('agents.modelDefault')}</Fact>
      <Fact label={t('gallery.tools')}>{tools.length === 0 ? t('gallery.noTools') : list(tools)}</Fact>
      <Fact label={t('gallery.access')}>{access()}</Fact>
      {use && (
        <Fact label={t(isAdmin ? 'gallery.lastUsed' : 'gallery.lastUsedByYou')}>
          {use.lastUsedAt ? formats.date(use.lastUsedAt) : t('gallery.never')}
        </Fact>
      )}
      {use && isAdmin && (
        <Fact label={t('gallery.cost')}>{use.cost === null ? t('gallery.noCost') : formatMoney(Number(use.cost))}</Fact>
      )}
    </dl>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{label}</dt>
      <dd title={typeof children === 'string' ? children : undefined}>{children}</dd>
    </div>
  );
}
