import { Alert, Button, Tabs, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Copy, MessageSquare, PanelRight } from 'lucide-react';
import { useMediaQuery } from '@mantine/hooks';
import { type ReactNode, Suspense, useState } from 'react';
import { useTranslation } from '../../texts/language.ts';
import type { Agent } from '../../../contract/agents.ts';
import { AgentAvatar } from '../../ui/agent-avatar.tsx';
import { ButtonLink } from '../../ui/button-link.tsx';
import { lazyPart } from '../../ui/import-part.ts';
import { Page } from '../../ui/page.tsx';
import { scrollIntoView } from '../../ui/scroll-into-view.ts';
import { useMe } from '../session/session-queries.ts';
import { AccessTab } from './settings/access-tab.tsx';
import { DeleteTab } from './settings/delete-tab.tsx';
import { FileTab } from './settings/file-tab.tsx';
import { GeneralTab } from './settings/general-tab.tsx';
import { PermissionsTab } from './settings/permissions-tab.tsx';
import { TelegramTab } from './settings/telegram-tab.tsx';
import { VersionsTab } from './settings/versions-tab.tsx';
import { DuplicateDialog } from './gallery/duplicate-dialog.tsx';
import { useTagline } from './smithers-words.ts';
import { StopSwitch } from './stop-switch.tsx';
import classes from './agents.module.css';
import { agentQuery } from './agent-queries.ts';

// Only who tries the agent beside its settings needs the chat.
const TryPanel = lazyPart(() => import('../chat/try-panel.tsx'));

/** Settings of this width still read well beside a conversation. */
const isWideEnough = '(min-width: 75em)';

interface SettingsTab {
  value: string;
  label: string;
  content: ReactNode;
}

export function AgentSettingsPage() {
  const { t } = useTranslation();
  const me = useMe();
  const navigate = useNavigate();
  const { agentId } = useParams({ from: '/shell/agents/$agentId/settings' });
  const { tab } = useSearch({ from: '/shell/agents/$agentId/settings' });
  const { data: agent } = useSuspenseQuery(agentQuery(agentId));
  const tabs = useTabs(agent);
  const active = tabs.find(({ value }) => value === tab) ?? tabs[0];
  const tagline = useTagline()(agent);
  const [isCopying, setCopying] = useState(false);
  const [wantsToTry, setWantsToTry] = useState(false);
  const hasRoom = useMediaQuery(isWideEnough);
  const canChat = !agent.isPersonal || agent.ownerId === me.id;
  const isTrying = wantsToTry && hasRoom === true && canChat;
  const page = (
    <Page
      title={agent.name}
      description={tagline ?? t('agents.settingsOf')}
      mark={<AgentAvatar id={agent.id} isPersonal={agent.isPersonal} icon={agent.icon} size={48} />}
      actions={
        <>
          {me.role === 'admin' && <StopSwitch agent={agent} />}
          {me.role === 'admin' && !agent.isPersonal && (
            <Button variant="default" leftSection={<Copy size={16} aria-hidden />} onClick={() => setCopying(true)}>
              {t('gallery.duplicate')}
            </Button>
          )}
          {canChat && hasRoom && (
            <Button
              variant={isTrying ? 'light' : 'default'}
              leftSection={<PanelRight size={16} aria-hidden />}
              aria-pressed={isTrying}
              onClick={() => setWantsToTry(!isTrying)}
            >
              {t('gallery.try')}
            </Button>
          )}
          {canChat && (
            <ButtonLink
              to="/chat/$agentId"
              params={{ agentId }}
              variant="default"
              leftSection={<MessageSquare size={16} aria-hidden />}
            >
              {t('agents.toChat')}
            </ButtonLink>
          )}
        </>
      }
    >
      {agent.stopped && (
        <Alert role="status" color="orange" variant="light" title={t('agents.stoppedTitle')} mb="md">
          {t('agents.stoppedBody')}
        </Alert>
      )}
      {active ? (
        <Tabs
          value={active.value}
          onChange={(value) =>
            void navigate({
              to: '/agents/$agentId/settings',
              params: { agentId },
              search: { tab: value ?? undefined },
              replace: true,
            })
          }
          keepMounted={false}
        >
          <div className={classes.tabs}>
            <Tabs.List className={classes.tabList}>
              {tabs.map(({ value, label }) => (
                <Tabs.Tab key={value} value={value} ref={value === active.value ? scrollIntoView : undefined}>
                  {label}
                </Tabs.Tab>
              ))}
            </Tabs.List>
          </div>
          <Tabs.Panel value={active.value}>{active.content}</Tabs.Panel>
        </Tabs>
      ) : (
        <Text c="dimmed">{t('agents.notYours')}</Text>
      )}
      {isCopying && <DuplicateDialog agent={agent} onClose={() => setCopying(false)} />}
    </Page>
  );
  return (
    <div className={classes.beside}>
      <div className={classes.besideSettings}>{page}</div>
      {isTrying && (
        <div className={classes.besideChat}>
          <Suspense>
            <TryPanel key={agent.id} agent={agent} />
          </Suspense>
        </div>
      )}
    </div>
  );
}

/** Only what the person may do, as the server says. */
function useTabs(agent: Agent): SettingsTab[] {
  const { t } = useTranslation();
  const { edit, setPermissions, delete: canDelete } = agent.abilities;
  const tabs: (SettingsTab | false)[] = [
    edit && { value: 'general', label: t('agents.tabGeneral'), content: <GeneralTab key={agent.id} agent={agent} /> },
    edit && {
      value: 'personality',
      label: t('agents.tabPersonality'),
      content: <FileTab key="SOUL.md" agent={agent} name="SOUL.md" />,
    },
    edit && {
      value: 'instructions',
      label: t('agents.tabInstructions'),
      content: <FileTab key="AGENTS.md" agent={agent} name="AGENTS.md" />,
    },
    setPermissions && {
      value: 'permissions',
      label: t('agents.tabPermissions'),
      content: <PermissionsTab key={agent.id} agent={agent} />,
    },
    setPermissions && {
      value: 'access',
      label: t('agents.tabAccess'),
      content: <AccessTab key={agent.id} agent={agent} />,
    },
    setPermissions && {
      value: 'telegram',
      label: t('telegram.tab'),
      content: <TelegramTab key={agent.id} agent={agent} />,
    },
    edit && {
      value: 'versions',
      label: t('agents.tabVersions'),
      content: <VersionsTab key={agent.id} agent={agent} />,
    },
    canDelete && { value: 'delete', label: t('agents.tabDelete'), content: <DeleteTab agent={agent} /> },
  ];
  return tabs.filter((tab) => tab !== false);
}
