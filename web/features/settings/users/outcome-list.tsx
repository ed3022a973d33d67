import { Group, Text } from '@mantine/core';
import { CircleAlert, CircleCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import classes from '../settings.module.css';

interface OutcomeRow {
  name: string;
  problem?: string | undefined;
  /** What was achieved, in words, or to be copied. */
  done: ReactNode;
  /** What can be done instead where there is a problem. */
  offer?: ReactNode;
}

/** How it went, one by one; announced when it appears. */
export function OutcomeList({ rows, label }: { rows: readonly OutcomeRow[]; label: string }) {
  return (
    <div role="status">
      <ul className={classes.list} aria-label={label}>
        {rows.map(({ name, problem, done, offer }) => (
          <li key={name} className={classes.row}>
            <Group gap="sm" wrap="nowrap" flex="1 1 200px" miw={0} align="flex-start">
              {problem === undefined ? (
                <CircleCheck size={18} aria-hidden color="var(--mantine-color-teal-6)" style={{ flex: 'none' }} />
              ) : (
                <CircleAlert size={18} aria-hidden color="var(--mantine-color-error)" style={{ flex: 'none' }} />
              )}
              <div style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
                <Text size="sm" fw={550}>
                  {name}
                </Text>
                {problem !== undefined && (
                  <Text size="sm" c="var(--mantine-color-error)">
                    {problem}
                  </Text>
                )}
              </div>
            </Group>
            {problem === undefined ? done : offer}
          </li>
        ))}
      </ul>
    </div>
  );
}
