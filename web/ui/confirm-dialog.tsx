import { Button, Group, Modal, Text } from '@mantine/core';
import { useState, useSyncExternalStore } from 'react';
import { useTranslation } from '../texts/language.ts';
import { closeQuestion, currentQuestion, subscribeToQuestion } from './confirm.ts';
import { notifyError } from './notify.ts';

/** Shows what `askToConfirm` asks. Loaded beside the page, because most visits ask nothing. */
export default function ConfirmDialog() {
  const { t } = useTranslation();
  const question = useSyncExternalStore(subscribeToQuestion, currentQuestion);
  const [shown, setShown] = useState(question);
  // The text stays while the dialog fades away.
  if (question && question !== shown) setShown(question);
  const { title, body, confirm, danger = true, action } = question ?? shown ?? {};
  const proceed = () => {
    closeQuestion();
    action?.().catch(notifyError);
  };
  return (
    <Modal opened={question !== null} onClose={closeQuestion} title={title}>
      {typeof body === 'string' ? <Text size="sm">{body}</Text> : body}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={closeQuestion}>
          {t('common.cancel')}
        </Button>
        <Button {...(danger ? { color: 'red' } : {})} onClick={proceed} data-autofocus>
          {confirm}
        </Button>
      </Group>
    </Modal>
  );
}
