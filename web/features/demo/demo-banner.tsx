import { ActionIcon, Button, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { X } from 'lucide-react';
import type { Demo } from '../../../contract/setup.ts';
import { useTranslation } from '../../texts/language.ts';
import { useSignOut } from '../session/use-sign-out.ts';
import { tellStory, useCurrentStory } from './current-story.ts';
import classes from './demo.module.css';
import { StoryList } from './story-list.tsx';

/** Says on every page of the demo that it is one, tells its stories, and leads back to the choice of people. */
export default function DemoBanner({ demo }: { demo: Demo }) {
  const { t } = useTranslation();
  const isWide = useMediaQuery('(min-width: 62em)');
  const leave = useSignOut();
  const story = useCurrentStory();
  const [choosing, choice] = useDisclosure(false);
  const switchPerson = () => {
    tellStory(undefined);
    void leave();
  };
  return (
    <aside className={classes.banner} data-demo={story ? 'story' : 'banner'} aria-label={t('demo.title')}>
      {story ? (
        <p className={classes.hint} role="status">
          {t(`demo.story.${story}.hint`)}
        </p>
      ) : (
        <p className={classes.text} title={t('demo.banner')}>
          {t(isWide ? 'demo.banner' : 'demo.bannerShort')}
        </p>
      )}
      <div className={classes.actions}>
        {story && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={t('demo.storyEnd')}
            onClick={() => tellStory(undefined)}
          >
            <X size={15} aria-hidden />
          </ActionIcon>
        )}
        <Button size="compact-xs" variant="default" onClick={choice.open}>
          {t('demo.stories')}
        </Button>
        <Button size="compact-xs" variant="default" onClick={switchPerson}>
          {t('demo.switch')}
        </Button>
      </div>
      <Modal opened={choosing} onClose={choice.close} title={t('demo.storiesTitle')} centered>
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {t('demo.storiesHint')}
          </Text>
          <StoryList demo={demo} onFollowed={choice.close} />
        </Stack>
      </Modal>
    </aside>
  );
}
