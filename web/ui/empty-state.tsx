import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './empty-state.module.css';
import { Picture, type PictureName } from './picture.tsx';

interface EmptyStateProps {
  picture: PictureName;
  title?: string;
  children: ReactNode;
  action?: ReactNode;
}

/** In the place of a list that has nothing in it: why, and what to do about it. */
export function EmptyState({ picture, title, children, action }: EmptyStateProps) {
  return (
    <Stack align="center" gap="xs" ta="center" px="sm" py="lg">
      <Picture name={picture} />
      {title && (
        <Text fw={600} mt={4}>
          {title}
        </Text>
      )}
      <Text size="sm" c="dimmed" className={classes.text} component="div">
        {children}
      </Text>
      {action && <div className={classes.action}>{action}</div>}
    </Stack>
  );
}
