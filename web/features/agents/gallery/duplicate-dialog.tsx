import { Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { Agent } from '../../../../contract/agents.ts';
import { call } from '../../../api/client.ts';
import { useTranslation } from '../../../texts/language.ts';
import { useFormSubmit } from '../../../ui/use-form-submit.ts';
import { FormAlert } from '../../../ui/form-alert.tsx';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { notifyDone } from '../../../ui/notify.ts';
import { agentKeys } from '../agent-queries.ts';

const maxName = 100;

/** Makes a new agent like this one, and leads to its settings. */
export function DuplicateDialog({ agent, onClose }: { agent: Agent; onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const form = useForm({
    initialValues: { name: t('gallery.copyOf', { name: agent.name }).slice(0, maxName) },
    validate: { name: (name) => (name.trim() === '' ? t('agents.nameMissing') : null) },
  });
  const { submit, problem } = useFormSubmit(form, async ({ name }) => {
    const copy = await call('duplicateAgent', { params: { id: agent.id }, body: { name: name.trim() } });
    await queryClient.invalidateQueries({ queryKey: agentKeys.all });
    notifyDone(t('agents.created', { name: copy.name }));
    onClose();
    await navigate({ to: '/agents/$agentId/settings', params: { agentId: copy.id } });
  });
  return (
    <FormDialog
      onClose={onClose}
      title={t('gallery.duplicateTitle', { name: agent.name })}
      submitLabel={t('gallery.duplicate')}
      submitting={form.submitting}
      onSubmit={submit}
    >
      <Text size="sm">{t('gallery.duplicateBody')}</Text>
      <FormAlert message={problem} />
      <TextInput label={t('common.name')} maxLength={maxName} data-autofocus {...form.getInputProps('name')} />
    </FormDialog>
  );
}
