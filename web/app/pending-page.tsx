import { Container, Skeleton, Stack } from '@mantine/core';
import { useTranslation } from '../texts/language.ts';

/** While a page's script and data arrive. */
export function PendingPage() {
  const { t } = useTranslation();
  return (
    <Container size="md" py="xl" role="group" aria-busy="true" aria-label={t('common.loading')}>
      <Stack gap="md">
        <Skeleton height={28} width="40%" />
        <Skeleton height={14} width="70%" />
        <Skeleton height={160} mt="md" />
      </Stack>
    </Container>
  );
}
