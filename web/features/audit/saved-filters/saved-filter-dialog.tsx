import { Checkbox, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import type { AuditCriteria, SavedFilter } from '../../../../contract/saved-filters.ts';
import { call } from '../../../api/client.ts';
import { useTranslation } from '../../../texts/language.ts';
import { useFormSubmit } from '../../../ui/use-form-submit.ts';
import { FormAlert } from '../../../ui/form-alert.tsx';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { notifyDone } from '../../../ui/notify.ts';
import { savedFiltersQuery } from '../audit-queries.ts';
import { useCriteriaWords } from './use-criteria-words.ts';

interface SavedFilterDialogProps {
  /** Null for a new one. */
  saved: SavedFilter | null;
  /** What a new one narrows the trail to. */
  criteria: AuditCriteria;
  onClose: () => void;
}

/** Gives a filter its name. */
export default function SavedFilterDialog({ saved, criteria, onClose }: SavedFilterDialogProps) {
  const { t } = useTranslation();
  const words = useCriteriaWords();
  const queryClient = useQueryClient();
  const form = useForm({
    initialValues: { name: saved?.name ?? '', shared: saved?.shared ?? false },
    validate: { name: (name) => (name.trim() === '' ? t('agents.nameMissing') : null) },
  });
  const { submit, problem } = useFormSubmit(form, async ({ name, shared }) => {
    const body = { name: name.trim(), shared };
    await (saved
      ? call('updateSavedFilter', { params: { filterId: saved.id }, body })
      : call('createSavedFilter', { body: { ...body, filter: criteria } }));
    await queryClient.invalidateQueries({ queryKey: savedFiltersQuery.queryKey });
    notifyDone(t('common.saved'));
    onClose();
  });
  return (
    <FormDialog
      onClose={onClose}
      title={t(saved ? 'filters.saved.renameTitle' : 'filters.saved.saveTitle')}
      submitLabel={t('common.save')}
      submitting={form.submitting}
      onSubmit={submit}
    >
      <FormAlert message={problem} />
      <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {words(saved?.filter ?? criteria)}
      </Text>
      <TextInput label={t('common.name')} maxLength={100} data-autofocus {...form.getInputProps('name')} />
      <Checkbox
        label={t('filters.saved.share')}
        description={t('filters.saved.shareHint')}
        {...form.getInputProps('shared', { type: 'checkbox' })}
      />
    </FormDialog>
  );
}
