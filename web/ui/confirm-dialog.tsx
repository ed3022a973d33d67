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
  const [isBusy, setIsBusy] = useState(false);
  const { title, body, confirm, danger = true, action } = question ?? shown ?? {};
  // Open until it is done: whoever sees the dialog go relies on it.
  const proceed = async () => {
    setIsBusy(true);
    try {
      await action?.();
    } catch (error) {
      notifyError(error);
    } finally {
      setIsBusy(false);
      // What was done may have asked the next question.
      if (currentQuestion() === question) closeQuestion();
    }
  };
  const cancel = () => {
    if (!isBusy) closeQuestion();
  };
  return (
    // Above the dialog that asks.
    <Modal
      opened={question !== null}
      onClose={cancel}
      title={title}
      withCloseButton={!isBusy}
      zIndex={250}
      data-question
    >
      {typeof body === 'string' ? <Text size="sm">{body}</Text> : body}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={cancel} disabled={isBusy}>
          {t('common.cancel')}
        </Button>
        <Button {...(danger ? { color: 'red' } : {})} onClick={proceed} loading={isBusy} data-autofocus>
          {confirm}
        </Button>
      </Group>
    </Modal>
  );
}
