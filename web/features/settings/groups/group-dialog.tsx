import { Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from '../../../texts/language.ts';
import type { Group as PersonGroup } from '../../../../contract/groups.ts';
import { call } from '../../../api/client.ts';
import { useFormSubmit } from '../../../ui/use-form-submit.ts';
import { FormAlert } from '../../../ui/form-alert.tsx';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { notifyDone } from '../../../ui/notify.ts';
import { groupKeys } from './group-queries.ts';

interface GroupDialogProps {
  /** Null for a new one. */
  group: PersonGroup | null;
  onClose: () => void;
}

export function GroupDialog({ group, onClose }: GroupDialogProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const form = useForm({
    initialValues: { name: group?.name ?? '', description: group?.description ?? '' },
    validate: { name: (name) => (name.trim() === '' ? t('joining.nameMissing') : null) },
  });
  const { submit, problem } = useFormSubmit(form, async ({ name, description }) => {
    const body = { name: name.trim(), description: description.trim() === '' ? null : description.trim() };
    await (group ? call('updateGroup', { params: { id: group.id }, body }) : call('createGroup', { body }));
    await queryClient.invalidateQueries({ queryKey: groupKeys.all });
    notifyDone(t('common.saved'));
    onClose();
  });
  return (
    <FormDialog
      onClose={onClose}
      title={t(group ? 'settings.groups.editTitle' : 'settings.groups.create')}
      submitLabel={t('common.save')}
      submitting={form.submitting}
      onSubmit={submit}
    >
      <FormAlert message={problem} />
      <TextInput label={t('common.name')} maxLength={100} data-autofocus {...form.getInputProps('name')} />
      <Textarea
        label={`${t('settings.groups.description')} (${t('common.optional')})`}
        maxLength={500}
        autosize
        minRows={2}
        {...form.getInputProps('description')}
      />
    </FormDialog>
  );
}
