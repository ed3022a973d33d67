import { Alert, Drawer, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { Agent } from '../../../../contract/agents.ts';
import type { AgentAbout } from '../../../../contract/agent-about.ts';
import type { ProviderId } from '../../../../contract/providers.ts';
import { hasText, useTranslation } from '../../../texts/language.ts';
import { useFormats } from '../../../ui/formats.ts';
import { modelName } from '../../../ui/model-name.ts';
import { QueryState } from '../../../ui/query-state.tsx';
import { agentAboutQuery, modelsQuery } from '../agent-queries.ts';
import { domainsOf } from '../settings/domains.ts';
import { askingFirst } from '../settings/permission-difference.ts';
import { PermissionSummary } from '../settings/permission-summary.tsx';
import classes from './about.module.css';

interface AboutPanelProps {
  agent: Agent;
  opened: boolean;
  onClose: () => void;
}

/** What a person who talks to an agent is to know of it: that it is an AI, what for, whose, and what it may do. */
export function AboutPanel({ agent, opened, onClose }: AboutPanelProps) {
  const { t } = useTranslation();
  const about = useQuery({ ...agentAboutQuery(agent.id), enabled: opened });
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size={460}
      title={t('about.title', { agent: agent.name })}
    >
      <Alert variant="light" color="gray">
        {t('about.ai', { agent: agent.name })}
      </Alert>
      <Part title={t('about.purpose')}>
        <Text size="sm" className={classes.text} dir="auto">
          {agent.description ?? (agent.isPersonal ? t('about.personal') : (agent.tagline ?? t('about.noPurpose')))}
        </Text>
      </Part>
      <Part title={t('about.responsible')}>
        <Text size="sm">{agent.responsibleUserName ?? t(agent.isPersonal ? 'about.yourself' : 'about.nobody')}</Text>
      </Part>
      {agent.reviewAt && <Review date={agent.reviewAt} />}
      <Part title={t('about.model')}>
        <Model model={agent.model} />
        {agent.fallbackModel && agent.fallbackModel !== agent.model && (
          <>
            <h4 className={classes.minor}>{t('about.fallback')}</h4>
            <Model model={agent.fallbackModel} />
          </>
        )}
      </Part>
      <Part title={t('about.may')}>
        <QueryState query={about}>{(data) => <Permissions agent={agent} about={data} />}</QueryState>
      </Part>
      <Part title={t('about.kept')}>
        <Text size="sm">{t('about.keptConversations')}</Text>
        <Text size="sm" mt={6}>
          {t('about.keptTrail')}
        </Text>
      </Part>
    </Drawer>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.part}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Review({ date }: { date: string }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const text = formats.date(`${date}T12:00:00`);
  const [now] = useState(() => Date.now());
  const isOverdue = new Date(`${date}T00:00:00`).getTime() <= now;
  return (
    <Part title={t('about.review')}>
      <Text size="sm">{isOverdue ? t('about.overdue', { date: text }) : text}</Text>
    </Part>
  );
}

function Model({ model }: { model: string | null }) {
  const { t } = useTranslation();
  const { data: models = [] } = useQuery(modelsQuery);
  if (model === null) return <Text size="sm">{t('about.noModel')}</Text>;
  const id = model.slice(0, model.indexOf('/'));
  const provider = hasText(`providers.${id}.name`) ? t(`providers.${id as ProviderId}.name`) : id;
  return (
    <>
      <Text size="sm" className={classes.text}>
        {models.find((one) => one.id === model)?.displayName ?? modelName(model)}
      </Text>
      <Text size="sm" c="dimmed" mt={2}>
        {t(id === 'ollama-local' ? 'about.local' : 'about.cloud', { provider })}
      </Text>
    </>
  );
}

function Permissions({ agent, about: { tools, connections } }: { agent: Agent; about: AgentAbout }) {
  const { t } = useTranslation();
  return (
    <>
      <PermissionSummary
        tools={tools.map(({ id }) => id)}
        known={tools}
        paths={agent.pluginConfig.allowed_paths ?? []}
        asking={askingFirst(agent.pluginConfig.ask_first, tools)}
        domains={domainsOf(agent)}
        odoo={connections.map(({ name, models }) => ({ connection: name, models }))}
      />
      {connections.length > 0 && (
        <>
          <h4 className={classes.minor}>{t('about.connections')}</h4>
          <ul className={classes.list}>
            {connections.map(({ name, type, accessLevel }) => (
              <li key={name}>
                <Text size="sm">
                  {type === 'odoo'
                    ? t('about.connection', { name, level: t(`integrations.levels.${accessLevel}`) })
                    : t('about.webSearch', { name })}
                </Text>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
