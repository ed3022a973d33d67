import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from '../../../texts/language.ts';
import type { Conversation } from '../../../../contract/conversations.ts';
import { FormModal } from '../../../ui/form-modal.tsx';
import { ApiError } from '../../../api/api-error.ts';
import { useDeleteConversation, useRenameConversation } from '../use-conversation-changes.ts';

interface DialogProps {
  conversation: Conversation;
  title: string;
  onClose: () => void;
}

export function RenameConversation({ conversation, title, onClose }: DialogProps) {
  const { t } = useTranslation();
  const [value, setValue] = useState(title);
  const rename = useRenameConversation(conversation.agentId);
  const { error } = rename;
  const problem = error && ((error instanceof ApiError && error.fieldErrors.title?.[0]) || error.message);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    rename.mutate({ chatId: conversation.id, title: value.trim() }, { onSuccess: onClose });
  };
  return (
    <FormModal opened onClose={onClose} title={t('chat.renameTitle')}>
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            data-autofocus
            label={t('chat.titleLabel')}
            maxLength={200}
            value={value}
            error={problem}
            onFocus={(event) => event.currentTarget.select()}
            onChange={(event) => setValue(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('chat.cancel')}
            </Button>
            <Button type="submit" disabled={value.trim() === ''} loading={rename.isPending}>
              {t('chat.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </FormModal>
  );
}

export function DeleteConversation({
  conversation,
  title,
  onClose,
  onDeleted,
}: DialogProps & { onDeleted: () => Promise<void> }) {
  const { t } = useTranslation();
  const remove = useDeleteConversation(conversation.agentId);
  return (
    <Modal opened onClose={onClose} title={t('chat.deleteTitle')}>
      <Stack>
        <Text size="sm">{t('chat.deleteQuestion', { title })}</Text>
        <Group justify="flex-end">
          <Button data-autofocus variant="default" onClick={onClose}>
            {t('chat.cancel')}
          </Button>
          <Button
            color="red"
            loading={remove.isPending}
            onClick={() => remove.mutate(conversation.id, { onSuccess: () => void onDeleted() })}
          >
            {t('chat.delete')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
