import { Group, Radio, Text } from '@mantine/core';
import classes from './choice-card.module.css';

interface ChoiceCardProps {
  value: string;
  title: string;
  description: string;
}

/** One of several things to choose from, in a `Radio.Group`. */
export function ChoiceCard({ value, title, description }: ChoiceCardProps) {
  return (
    <Radio.Card value={value} className={classes.card} aria-label={title}>
      <Group wrap="nowrap" align="flex-start" gap="sm">
        <Radio.Indicator mt={3} />
        <div className={classes.text}>
          <Text fw={600} truncate title={title}>
            {title}
          </Text>
          <Text size="sm" c="dimmed">
            {description}
          </Text>
        </div>
      </Group>
    </Radio.Card>
  );
}
