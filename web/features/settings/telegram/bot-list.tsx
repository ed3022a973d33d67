import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from '../../../texts/language.ts';
import type { TelegramBot } from '../../../../contract/telegram.ts';
import { call } from '../../../api/client.ts';
import { useAgentIcon } from '../../agents/use-agent-icon.ts';
import { AgentAvatar } from '../../../ui/agent-avatar.tsx';
import { ButtonLink } from '../../../ui/button-link.tsx';
import { askToConfirm } from '../../../ui/confirm.ts';
import { notifyDone } from '../../../ui/notify.ts';
import { Section } from '../../../ui/section.tsx';
import classes from '../settings.module.css';
import { BotReason, BotStateBadge } from './bot-state.tsx';
import { telegramBotsQuery, useTelegramRefresh } from './telegram-queries.ts';

/** The bots of single agents; the main bot has a section of its own. */
export function BotList() {
  const { t, locale } = useTranslation();
  const { data: bots = [] } = useQuery(telegramBotsQuery);
  const refresh = useTelegramRefresh();
  if (bots.length === 0) return null;
  const ofAgents = bots.filter(({ isMain }) => !isMain);
  const names = new Intl.ListFormat(locale).format(bots.map(({ botUsername }) => `@${botUsername}`));
  const removeAll = () =>
    askToConfirm({
      title: t('telegram.removeQuestion'),
      body: (
        <Stack gap="xs">
          <Text size="sm">{t('telegram.removeBots', { count: bots.length, names })}</Text>
          <Text size="sm">{t('telegram.removeLinks')}</Text>
        </Stack>
      ),
      confirm: t('telegram.removeConfirm'),
      action: async () => {
        await call('removeTelegram');
        await refresh();
        notifyDone(t('telegram.removed'));
      },
    });
  return (
    <>
      <Section title={t('telegram.botsTitle')} description={t('telegram.botsHint')}>
        {ofAgents.length > 0 && (
          <ul className={classes.list}>
            {ofAgents.map((bot) => (
              <BotRow key={bot.agentId} bot={bot} />
            ))}
          </ul>
        )}
      </Section>
      <Section danger title={t('telegram.removeTitle')} description={t('telegram.removeHint')}>
        <Button color="red" variant="outline" onClick={removeAll}>
          {t('telegram.removeAction')}
        </Button>
      </Section>
    </>
  );
}

function BotRow({ bot: { agentId, agentName, botUsername } }: { bot: TelegramBot }) {
  const { t } = useTranslation();
  const icon = useAgentIcon()(agentId);
  return (
    <li className={classes.row}>
      <AgentAvatar id={agentId} icon={icon} size={36} />
      <div className={classes.rowText}>
        <Group gap="xs">
          <Text fw={600}>@{botUsername}</Text>
          <BotStateBadge agentId={agentId} />
        </Group>
        <Text size="sm" c="dimmed">
          {t('telegram.reachesAgent', { agent: agentName })}
        </Text>
        <BotReason agentId={agentId} />
      </div>
      <ButtonLink
        to="/agents/$agentId/settings"
        params={{ agentId }}
        search={{ tab: 'telegram' }}
        size="sm"
        variant="default"
        aria-label={t('telegram.agentSettings', { agent: agentName })}
      >
        {t('agents.settingsOf')}
      </ButtonLink>
    </li>
  );
}
