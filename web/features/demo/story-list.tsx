import { Text, UnstyledButton } from '@mantine/core';
import { Coins, FileSearch, Hand, Quote, ScrollText } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useState } from 'react';
import type { Demo, Story } from '../../../contract/setup.ts';
import { useTranslation } from '../../texts/language.ts';
import classes from './demo.module.css';
import { useFollowStory } from './use-follow-story.ts';

const icons: Record<Story['name'], LucideIcon> = {
  search: FileSearch,
  citation: Quote,
  approval: Hand,
  budget: Coins,
  trail: ScrollText,
};

interface StoryListProps {
  demo: Demo;
  onFollowed?: () => void;
}

/** What the demo can show, each one press away. */
export function StoryList({ demo, onFollowed }: StoryListProps) {
  const { t } = useTranslation();
  const follow = useFollowStory(demo);
  const [chosen, setChosen] = useState<Story['name']>();
  const choose = async (story: Story) => {
    setChosen(story.name);
    await follow(story);
    setChosen(undefined);
    onFollowed?.();
  };
  return (
    <ul className={classes.stories}>
      {demo.stories.map((story) => {
        const Icon = icons[story.name];
        const person = demo.people.find(({ email }) => email === story.email);
        return (
          <li key={story.name}>
            <UnstyledButton
              className={classes.story}
              disabled={chosen !== undefined}
              data-chosen={chosen === story.name || undefined}
              onClick={() => void choose(story)}
            >
              <Icon size={20} strokeWidth={1.8} aria-hidden className={classes.storyIcon} />
              <span>
                <Text span size="sm" fw={600} display="block">
                  {t(`demo.story.${story.name}.title`)}
                </Text>
                <Text span size="xs" c="dimmed" display="block">
                  {t(`demo.story.${story.name}.line`)} {person && `(${t('demo.storyAs', { name: person.name })})`}
                </Text>
              </span>
            </UnstyledButton>
          </li>
        );
      })}
    </ul>
  );
}
