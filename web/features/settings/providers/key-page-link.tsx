import { Anchor } from '@mantine/core';
import { ExternalLink } from 'lucide-react';
import type { ProviderId } from '../../../../contract/providers.ts';
import { useTranslation } from '../../../texts/language.ts';
import { keyPages } from './key-pages.ts';

/** Opens the page where a key of the provider is made, beside the app. */
export function KeyPageLink({ provider }: { provider: ProviderId }) {
  const { t } = useTranslation();
  return (
    <Anchor href={keyPages[provider]} target="_blank" rel="noreferrer" size="sm" underline="always">
      {t(provider === 'ollama-local' ? 'providers.getOllama' : 'providers.getKey')}{' '}
      <ExternalLink size={13} aria-label={t('providers.opensBeside')} style={{ verticalAlign: '-1px' }} />
    </Anchor>
  );
}
