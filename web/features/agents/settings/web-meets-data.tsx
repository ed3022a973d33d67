import { Alert, Text } from '@mantine/core';
import { ShieldAlert } from 'lucide-react';
import { useTranslation } from '../../../texts/language.ts';

interface WebMeetsDataProps {
  readsFiles: boolean;
  readsOdoo: boolean;
  /** Whether its pages are limited to domains and it cannot search. */
  isLimited: boolean;
}

/** Says what can happen where an agent both reads private data and reaches the web. */
export function WebMeetsData({ readsFiles, readsOdoo, isLimited }: WebMeetsDataProps) {
  const { t, locale } = useTranslation();
  const sources = [readsFiles && t('integrations.sourceFiles'), readsOdoo && t('integrations.sourceOdoo')].filter(
    (source) => source !== false,
  );
  return (
    <Alert
      role="status"
      color="orange"
      variant="light"
      mb="md"
      title={t('integrations.warnMeetTitle')}
      icon={<ShieldAlert size={18} aria-hidden />}
    >
      <Text size="sm">
        {t('integrations.warnMeet', { sources: new Intl.ListFormat(locale).format(sources) })}{' '}
        {t(isLimited ? 'integrations.warnMeetLimited' : 'integrations.warnMeetAdvice')}
      </Text>
    </Alert>
  );
}
