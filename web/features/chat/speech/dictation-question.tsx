import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from '../../../texts/language.ts';
import { FormAlert } from '../../../ui/form-alert.tsx';
import type { RecognitionConstructor } from './recognition.ts';

interface DictationQuestionProps {
  recognition: RecognitionConstructor;
  language: string;
  /** The browser can load what it needs to listen without sending sound. */
  installable: boolean;
  onChosen: (local: boolean) => void;
  onClose: () => void;
}

/** Says where sound goes before any does. */
export function DictationQuestion({ recognition, language, installable, onChosen, onClose }: DictationQuestionProps) {
  const { t } = useTranslation();
  const [installing, setInstalling] = useState<'running' | 'failed'>();

  async function install() {
    setInstalling('running');
    const installed = await recognition.install?.({ langs: [language], processLocally: true }).catch(() => false);
    if (installed) onChosen(true);
    else setInstalling('failed');
  }

  return (
    <Modal opened onClose={onClose} title={t('speech.askTitle')}>
      <Stack>
        <Text size="sm">{t('speech.askCloud')}</Text>
        {installable && <Text size="sm">{t('speech.askInstall')}</Text>}
        <FormAlert message={installing === 'failed' ? t('speech.installFailed') : null} />
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={onClose}>
            {t('speech.notNow')}
          </Button>
          <Button variant={installable ? 'default' : 'filled'} onClick={() => onChosen(false)}>
            {t('speech.useCloud')}
          </Button>
          {installable && (
            <Button loading={installing === 'running'} onClick={() => void install()}>
              {t('speech.install')}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}
