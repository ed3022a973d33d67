import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from '../../../texts/language.ts';
import type { Agent } from '../../../../contract/agents.ts';
import type { TelegramBotStatus } from '../../../../contract/telegram.ts';
import { call } from '../../../api/client.ts';
import { ButtonLink, TextLink } from '../../../ui/button-link.tsx';
import { askToConfirm } from '../../../ui/confirm.ts';
import { notifyDone } from '../../../ui/notify.ts';
import { QueryState } from '../../../ui/query-state.tsx';
import { Section } from '../../../ui/section.tsx';
import { BotFatherSteps } from '../../settings/telegram/bot-father-steps.tsx';
import { BotLink } from '../../settings/telegram/bot-link.tsx';
import { BotReason, BotStateBadge } from '../../settings/telegram/bot-state.tsx';
import { BotTokenForm } from '../../settings/telegram/bot-token-form.tsx';
import { agentTelegramQuery, myTelegramQuery, useTelegramRefresh } from '../../settings/telegram/telegram-queries.ts';
import classes from '../../settings/telegram/telegram.module.css';

/** The agent's own bot. */
export function TelegramTab({ agent }: { agent: Agent }) {
  const { t } = useTranslation();
  const query = useQuery(agentTelegramQuery(agent.id));
  return (
    <Section
      title={t('telegram.agentTitle', { agent: agent.name })}
      description={t('telegram.agentHint', { agent: agent.name })}
      actions={query.data?.configured && <BotStateBadge agentId={agent.id} />}
    >
      <QueryState query={query}>
        {(status) => {
          if (status.configured) return <ConnectedBot agent={agent} status={status} />;
          if (!status.mainBotConfigured) return <MainBotFirst />;
          return (
            <Stack>
              <BotFatherSteps />
              <BotTokenForm agentId={agent.id} />
            </Stack>
          );
        }}
      </QueryState>
    </Section>
  );
}

function MainBotFirst() {
  const { t } = useTranslation();
  return (
    <Alert variant="light" color="gray" title={t('telegram.mainFirstTitle')}>
      <Stack gap="sm" align="flex-start">
        {t('telegram.mainFirst')}
        <ButtonLink to="/settings" search={{ section: 'telegram' }} variant="default" size="sm">
          {t('telegram.mainFirstAction')}
        </ButtonLink>
      </Stack>
    </Alert>
  );
}

type ConnectedStatus = Extract<TelegramBotStatus, { configured: true }>;

function ConnectedBot({ agent, status: { botUsername: bot, hint } }: { agent: Agent; status: ConnectedStatus }) {
  const { t } = useTranslation();
  const refresh = useTelegramRefresh();
  const { data: mine } = useQuery(myTelegramQuery);
  const [isReplacing, setReplacing] = useState(false);
  const close = () => setReplacing(false);
  const disconnect = () =>
    askToConfirm({
      title: t('telegram.disconnectQuestion', { bot }),
      body: t('telegram.disconnectBody', { agent: agent.name }),
      confirm: t('telegram.disconnectConfirm'),
      action: async () => {
        await call('disconnectAgentTelegram', { params: { agentId: agent.id } });
        await refresh();
        notifyDone(t('telegram.disconnected', { bot }));
      },
    });
  return (
    <div className={classes.beside}>
      <Stack>
        <div>
          <Text fw={600}>@{bot}</Text>
          <Text size="sm" c="dimmed">
            {t('telegram.tokenEnds', { hint })}
          </Text>
          <BotReason agentId={agent.id} />
        </div>
        {mine && !mine.linked && (
          <Text size="sm">
            {t('telegram.notLinkedYou')}{' '}
            <TextLink to="/settings" search={{ section: 'telegram' }}>
              {t('telegram.linkYours')}
            </TextLink>
          </Text>
        )}
        {isReplacing ? (
          <>
            <Text size="sm" c="dimmed">
              {t('telegram.replaceHint')}
            </Text>
            <BotTokenForm agentId={agent.id} onConnected={close} onCancel={close} />
          </>
        ) : (
          <Group gap="xs">
            <Button variant="default" onClick={() => setReplacing(true)}>
              {t('telegram.replace')}
            </Button>
            <Button variant="subtle" color="red" onClick={disconnect}>
              {t('telegram.disconnect')}
            </Button>
          </Group>
        )}
      </Stack>
      <BotLink username={bot} />
    </div>
  );
}
