import { Button, Divider, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Demo } from '../../../contract/setup.ts';
import type { Credentials } from '../../api/auth.ts';
import { useTranslation } from '../../texts/language.ts';
import { PersonAvatar } from '../../ui/person-avatar.tsx';
import { StoryList } from './story-list.tsx';

interface DemoPeopleProps {
  demo: Demo;
  onChoose: (credentials: Credentials) => Promise<void>;
}

/** The sample people of the demo, each one click away. */
export default function DemoPeople({ demo, onChoose }: DemoPeopleProps) {
  const { password, people } = demo;
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string>();
  const choose = async (email: string) => {
    setChosen(email);
    await onChoose({ email, password });
    setChosen(undefined);
  };
  return (
    <Stack gap="xs" role="group" aria-label={t('demo.title')}>
      <Text fw={600}>{t('demo.title')}</Text>
      <Text size="sm" c="dimmed">
        {t('demo.intro')}
      </Text>
      {people.map(({ name, email, role, groups }) => (
        <Button
          key={email}
          variant="default"
          justify="flex-start"
          size="md"
          h="auto"
          py={7}
          loading={chosen === email}
          leftSection={<PersonAvatar name={name} size={26} />}
          onClick={() => void choose(email)}
        >
          <Stack gap={0} ta="start" style={{ whiteSpace: 'normal' }}>
            {t('demo.signInAs', { name })}
            <Text span size="xs" c="dimmed">
              {role === 'admin' ? t('common.admin') : groups.join(', ')}
            </Text>
          </Stack>
        </Button>
      ))}
      <Text fw={600} mt="xs">
        {t('demo.storiesTitle')}
      </Text>
      <StoryList demo={demo} />
      <Divider label={t('demo.ownAccount')} labelPosition="center" mt="xs" />
    </Stack>
  );
}
