import { Group, Radio, Text } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import classes from './choice-card.module.css';

interface ChoiceCardProps {
  value: string;
  title: string;
  description: string;
  /** Text only: the card is a button. */
  children?: ReactNode;
}

/** One of several things to choose from, in a `Radio.Group`. */
export function ChoiceCard({ value, title, description, children }: ChoiceCardProps) {
  const id = useId();
  return (
    <Radio.Card value={value} className={classes.card} aria-label={title} aria-describedby={id}>
      <Group wrap="nowrap" align="flex-start" gap="sm">
        <Radio.Indicator mt={3} />
        <div className={classes.text}>
          <Text fw={600} truncate title={title}>
            {title}
          </Text>
          <div id={id}>
            <Text size="sm" c="dimmed">
              {description}
            </Text>
            {children}
          </div>
        </div>
      </Group>
    </Radio.Card>
  );
}
