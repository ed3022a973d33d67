import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from '../../../texts/language.ts';

/** Says where a text goes before it does. */
export function ReadingQuestion({ onAgreed, onClose }: { onAgreed: () => void; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal opened onClose={onClose} title={t('speech.readTitle')}>
      <Stack>
        <Text size="sm">{t('speech.readCloud')}</Text>
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={onClose}>
            {t('speech.notNow')}
          </Button>
          <Button onClick={onAgreed}>{t('speech.useReadCloud')}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
