import { Alert, Badge } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { useSentences } from '../../../sentences/sentences.ts';
import { useTranslation } from '../../../texts/language.ts';
import { agentTelegramQuery } from './telegram-queries.ts';

/** Whether a bot works at the moment; follows what the server sees. */
export function BotStateBadge({ agentId }: { agentId: string }) {
  const { t } = useTranslation();
  const { data, isError } = useQuery(agentTelegramQuery(agentId));
  if (!data?.configured) {
    return (
      <Badge variant="light" color="gray">
        {t(isError ? 'telegram.unknown' : 'telegram.checking')}
      </Badge>
    );
  }
  const isOk = data.state === 'ok';
  return (
    <Badge variant="light" color={isOk ? 'teal' : 'yellow'}>
      {t(isOk ? 'telegram.ok' : 'telegram.degraded')}
    </Badge>
  );
}

/** Why a bot does not work and what to do; nothing while it does. */
export function BotReason({ agentId }: { agentId: string }) {
  const say = useSentences();
  const { data } = useQuery(agentTelegramQuery(agentId));
  const reason = data?.configured && data.state === 'degraded' ? data.reason : undefined;
  return (
    <div role="status">
      {reason !== undefined && (
        <Alert color="yellow" variant="light" icon={<TriangleAlert size={18} aria-hidden />} p="sm" mt="xs">
          {say(reason)}
        </Alert>
      )}
    </div>
  );
}
