import { Anchor, Group, Text } from '@mantine/core';
import { ExternalLink } from 'lucide-react';
import { useTranslation } from '../../../texts/language.ts';
import { QrCode } from '../../../ui/qr-code.tsx';
import { botLink } from './telegram-queries.ts';
import classes from './telegram.module.css';

/** The way to a bot: from this device, or from the phone. */
export function BotLink({ username, size = 148 }: { username: string; size?: number }) {
  const { t } = useTranslation();
  const link = botLink(username);
  return (
    <div className={classes.botLink}>
      <QrCode value={link} label={t('telegram.qrLabel', { link })} size={size} />
      <Text size="sm" c="dimmed">
        {t('telegram.openHint')}
      </Text>
      <Anchor href={link} target="_blank" rel="noreferrer" size="sm" fw={550}>
        <Group component="span" gap={5} wrap="nowrap" justify="center">
          {t('telegram.open', { bot: username })}
          <ExternalLink size={14} aria-hidden />
        </Group>
      </Anchor>
    </div>
  );
}
