import { TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { useTranslation } from '../../texts/language.ts';
import { FormAlert } from '../../ui/form-alert.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { messageOf, notifyDone } from '../../ui/notify.ts';
import { agentKeys } from '../agents/agent-queries.ts';
import { knowledgeKeys } from './knowledge-queries.ts';

interface NewDirectoryDialogProps {
  /** In which it is made. */
  directory: string;
  onClose: () => void;
  /** In the place of opening it. */
  onMade?: (path: string) => void;
}

export function NewDirectoryDialog({ directory, onClose, onMade }: NewDirectoryDialogProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [problem, setProblem] = useState<string | null>(null);
  const form = useForm({
    initialValues: { name: '' },
    validate: { name: (name) => (name.trim() === '' ? t('knowledge.directoryNameMissing') : null) },
  });
  const submit = form.onSubmit(async ({ name }) => {
    setProblem(null);
    try {
      const made = await call('createDataDirectory', {
        body: { path: `${directory}/${name.trim().replaceAll('/', '_')}` },
      });
      await queryClient.invalidateQueries({ queryKey: knowledgeKeys.all });
      await queryClient.invalidateQueries({ queryKey: agentKeys.directories });
      notifyDone(t('knowledge.directoryMade', { name: made.name }));
      onClose();
      if (onMade) onMade(made.path);
      else await navigate({ to: '/knowledge', search: { directory: made.path } });
    } catch (error) {
      setProblem(messageOf(error));
    }
  });
  return (
    <FormDialog
      onClose={onClose}
      title={t('knowledge.newDirectoryIn', { path: directory })}
      submitLabel={t('knowledge.makeDirectory')}
      submitting={form.submitting}
      onSubmit={submit}
    >
      <TextInput label={t('knowledge.directoryName')} maxLength={200} data-autofocus {...form.getInputProps('name')} />
      <FormAlert message={problem} />
    </FormDialog>
  );
}
