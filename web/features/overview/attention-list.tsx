import { Button, Text } from '@mantine/core';
import { CircleAlert, CircleDot } from 'lucide-react';
import type { Overview } from '../../../contract/overview.ts';
import { useSentences } from '../../sentences/sentences.ts';
import { useTranslation } from '../../texts/language.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useFormats } from '../../ui/formats.ts';
import { Section } from '../../ui/section.tsx';
import { TextWithCode } from '../../ui/text-with-code.tsx';
import { type AttentionItem, attentionOf } from './attention.ts';
import classes from './overview.module.css';

export function AttentionList({ overview }: { overview: Overview }) {
  const { t, locale } = useTranslation();
  const formats = useFormats();
  const say = useSentences();
  const items = attentionOf({ t, say, locale, formats }, overview);
  if (items.length === 0) {
    return (
      <Section title={t('overview.attention')} description={t('overview.attentionHint')}>
        <EmptyState picture="done" title={t('overview.nothing')}>
          {t('overview.nothingBody')}
        </EmptyState>
      </Section>
    );
  }
  return (
    <Section title={t('overview.attention')} description={t('overview.attentionHint')}>
      <ul className={classes.list} aria-label={t('overview.attention')}>
        {items.map((item) => (
          <Item key={item.key} item={item} />
        ))}
      </ul>
    </Section>
  );
}

function Item({ item: { text, help, isUrgent, place, link } }: { item: AttentionItem }) {
  const { t } = useTranslation();
  const Icon = isUrgent ? CircleAlert : CircleDot;
  return (
    <li className={classes.item} data-urgent={isUrgent || undefined}>
      <Icon size={18} strokeWidth={1.8} aria-hidden className={classes.icon} />
      <div className={classes.text}>
        <Text size="sm">{text}</Text>
        {help && (
          <Text size="xs" c="dimmed" component="div">
            <TextWithCode text={help} />
          </Text>
        )}
      </div>
      {link !== undefined && (
        <Button
          component="a"
          href={link}
          target="_blank"
          rel="noreferrer"
          size="compact-sm"
          variant="default"
          flex="none"
        >
          {t('overview.updateLink')}
        </Button>
      )}
      {place && (
        <ButtonLink
          {...place}
          size="compact-sm"
          variant="default"
          flex="none"
          aria-label={`${t('overview.open')}: ${text}`}
        >
          {t('overview.open')}
        </ButtonLink>
      )}
    </li>
  );
}
