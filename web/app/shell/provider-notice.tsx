import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from '../../texts/language.ts';
import { setupStatusQuery, useIsAdmin } from '../../features/session/session-queries.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import classes from './sidebar.module.css';

/** The next sensible step while no model provider is connected. */
export function ProviderNotice() {
  const { t } = useTranslation();
  const isAdmin = useIsAdmin();
  const { data } = useQuery(setupStatusQuery);
  if (!data || data.providerConfigured) return null;
  return (
    <div className={classes.notice}>
      <Text size="sm" fw={600}>
        {t('shell.noProviderTitle')}
      </Text>
      <Text size="xs" c="dimmed" mt={2} style={{ textWrap: 'balance' }}>
        {isAdmin ? t('shell.noProviderBody') : t('shell.noProviderMember')}
      </Text>
      {isAdmin && (
        <ButtonLink to="/settings" search={{ section: 'providers' }} size="compact-sm" mt="xs">
          {t('shell.noProviderAction')}
        </ButtonLink>
      )}
    </div>
  );
}
