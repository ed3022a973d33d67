import { SegmentedControl } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { chooseLanguage, type Language, languages, useTranslation } from '../../../texts/language.ts';
import { notifyError } from '../../../ui/notify.ts';
import { Section } from '../../../ui/section.tsx';

const choices = Object.entries(languages).map(([value, label]) => ({
  value,
  label: (
    <span lang={value} translate="no">
      {label}
    </span>
  ),
}));

/** The language of this browser; each is called by its own name, for whoever cannot read the current one. */
export function LanguageForm() {
  const { t, language } = useTranslation();
  const isNarrow = useMediaQuery('(max-width: 23em)');
  return (
    <Section title={t('settings.profile.language')} description={t('settings.profile.languageHint')}>
      <SegmentedControl
        aria-label={t('settings.profile.language')}
        data={choices}
        orientation={isNarrow ? 'vertical' : 'horizontal'}
        value={language}
        onChange={(value) => void chooseLanguage(value as Language).catch(notifyError)}
      />
    </Section>
  );
}
