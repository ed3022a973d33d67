import { Button, Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface StatePageProps {
  illustration: ReactNode;
  title: string;
  children: ReactNode;
  actions?: ReactNode;
}

/** A page, or the place of one, that says why there is nothing to see and what to do next. */
export function StatePage({ illustration, title, children, actions }: StatePageProps) {
  return (
    <Stack align="center" justify="center" gap="md" p="xl" mih="60vh" ta="center">
      {illustration}
      <Title order={1} fz="xl">
        {title}
      </Title>
      <Text c="dimmed" maw={440} component="div" style={{ textWrap: 'balance' }}>
        {children}
      </Text>
      {actions && <Group justify="center">{actions}</Group>}
    </Stack>
  );
}

export function RetryButton({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <Button variant="default" onClick={onClick}>
      {label}
    </Button>
  );
}
