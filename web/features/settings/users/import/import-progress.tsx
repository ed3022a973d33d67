import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from '../../../../texts/language.ts';

interface ImportProgressProps {
  done: number;
  total: number;
  onStop: () => void;
}

/** How many of the invitations are made; stopping keeps the links that there are. */
export function ImportProgress({ done, total, onStop }: ImportProgressProps) {
  const { t } = useTranslation();
  const label = t('people.import.progress', { done, total });
  return (
    <Stack>
      <Text size="sm" role="status">
        {label}
      </Text>
      <Progress value={(done / total) * 100} size="lg" aria-label={label} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onStop}>
          {t('people.import.stop')}
        </Button>
      </Group>
    </Stack>
  );
}
