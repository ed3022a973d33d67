import { Anchor, Group, Text } from '@mantine/core';
import { ExternalLink } from 'lucide-react';
import { useTranslation } from '../../../texts/language.ts';
import { TextWithCode } from '../../../ui/text-with-code.tsx';
import { botLink } from './telegram-queries.ts';
import classes from './telegram.module.css';

/** How to come by a bot and its token. */
export function BotFatherSteps() {
  const { t } = useTranslation();
  return (
    <div>
      <ol className={classes.steps}>
        <li>
          <Text size="sm">
            <TextWithCode text={t('telegram.fatherOpen')} />{' '}
            <Anchor href={botLink('BotFather')} target="_blank" rel="noreferrer" inherit underline="always">
              <Group component="span" display="inline-flex" gap={4} wrap="nowrap">
                {t('telegram.fatherLink')}
                <ExternalLink size={13} aria-hidden />
              </Group>
            </Anchor>
          </Text>
        </li>
        <li>
          <Text size="sm">{t('telegram.fatherName')}</Text>
        </li>
        <li>
          <Text size="sm">{t('telegram.fatherToken')}</Text>
        </li>
      </ol>
      <Text size="sm" c="dimmed" mt="sm">
        {t('telegram.fatherAlone')}
      </Text>
    </div>
  );
}
