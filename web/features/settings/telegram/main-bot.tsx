import { Button, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from '../../../texts/language.ts';
import { QueryState } from '../../../ui/query-state.tsx';
import { Section } from '../../../ui/section.tsx';
import { agentsQuery } from '../../agents/agent-queries.ts';
import { useMe } from '../../session/session-queries.ts';
import { BotFatherSteps } from './bot-father-steps.tsx';
import { BotReason, BotStateBadge } from './bot-state.tsx';
import { BotTokenForm } from './bot-token-form.tsx';
import { agentTelegramQuery } from './telegram-queries.ts';

/** The bot that everybody's own Smithers shares. It is set up through the admin's own one, which stands for all. */
export function MainBot() {
  const { t } = useTranslation();
  const me = useMe();
  const agents = useQuery(agentsQuery);
  const ownAgent = agents.data?.find(({ isPersonal, ownerId }) => isPersonal && ownerId === me.id);
  return (
    <Section
      title={t('telegram.mainTitle')}
      description={t('telegram.mainHint')}
      actions={ownAgent && <MainBotBadge agentId={ownAgent.id} />}
    >
      <QueryState query={agents}>{() => ownAgent && <MainBotForm agentId={ownAgent.id} />}</QueryState>
    </Section>
  );
}

function MainBotBadge({ agentId }: { agentId: string }) {
  const { data } = useQuery(agentTelegramQuery(agentId));
  return data?.configured ? <BotStateBadge agentId={agentId} /> : null;
}

function MainBotForm({ agentId }: { agentId: string }) {
  const { t } = useTranslation();
  const query = useQuery(agentTelegramQuery(agentId));
  const [isReplacing, setReplacing] = useState(false);
  const close = () => setReplacing(false);
  return (
    <QueryState query={query}>
      {(status) => {
        if (!status.configured) {
          return (
            <Stack>
              <BotFatherSteps />
              <BotTokenForm agentId={agentId} />
            </Stack>
          );
        }
        return (
          <Stack>
            <div>
              <Text fw={600}>@{status.botUsername}</Text>
              <Text size="sm" c="dimmed">
                {t('telegram.tokenEnds', { hint: status.hint })}
              </Text>
              <BotReason agentId={agentId} />
            </div>
            {isReplacing ? (
              <>
                <Text size="sm" c="dimmed">
                  {t('telegram.replaceHint')}
                </Text>
                <BotTokenForm agentId={agentId} onConnected={close} onCancel={close} />
              </>
            ) : (
              <div>
                <Button
                  variant="default"
                  onClick={() => setReplacing(true)}
                  aria-label={t('telegram.replaceOf', { bot: status.botUsername })}
                >
                  {t('telegram.replace')}
                </Button>
              </div>
            )}
          </Stack>
        );
      }}
    </QueryState>
  );
}
