import { Group, Text, Title } from '@mantine/core';
import { useId } from 'react';
import type { ReactNode } from 'react';
import classes from './page.module.css';

interface SectionProps {
  title: string;
  description?: ReactNode;
  actions?: ReactNode;
  danger?: boolean;
  children?: ReactNode;
}

/** A framed part of a page with a heading of its own. */
export function Section({ title, description, actions, danger = false, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={danger ? `${classes.section} ${classes.sectionDanger}` : classes.section}>
      <Group justify="space-between" align="flex-start" mb={children ? 'md' : 0} gap="sm">
        <div style={{ flex: '1 1 260px', minWidth: 0 }}>
          <Title order={2} id={id}>
            {title}
          </Title>
          {description && (
            <Text size="sm" c="dimmed" mt={3} component="div">
              {description}
            </Text>
          )}
        </div>
        {actions}
      </Group>
      {children}
    </section>
  );
}
