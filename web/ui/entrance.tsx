import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './entrance.module.css';
import { Mark } from './mark.tsx';

interface EntranceProps {
  title: string;
  intro?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}

/** The frame of the pages before the shell: setup, sign-in, invitation. */
export function Entrance({ title, intro, wide = false, children }: EntranceProps) {
  return (
    <div className={classes.page}>
      <main className={classes.column} data-wide={wide || undefined}>
        <div className={classes.brand}>
          <Mark size={34} withName />
        </div>
        <div className={classes.card}>
          <Title order={1}>{title}</Title>
          {intro && (
            <Text c="dimmed" mt={6} component="div">
              {intro}
            </Text>
          )}
          <div className={classes.content}>{children}</div>
        </div>
      </main>
    </div>
  );
}
