import { Text, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { maxPromptFields, maxPromptLength } from '../../../contract/limits.ts';
import { promptFields } from '../../../contract/prompt-fields.ts';
import type { Prompt, PromptLibrary } from '../../../contract/prompts.ts';
import { call } from '../../api/client.ts';
import { useTranslation } from '../../texts/language.ts';
import { useFormSubmit } from '../../ui/use-form-submit.ts';
import { FormAlert } from '../../ui/form-alert.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { notifyDone } from '../../ui/notify.ts';
import { promptsQuery } from './prompt-queries.ts';

interface PromptDialogProps {
  library: PromptLibrary;
  /** Null for a new one. */
  prompt: Prompt | null;
  onClose: () => void;
}

export function PromptDialog({ library, prompt, onClose }: PromptDialogProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const form = useForm({
    initialValues: { name: prompt?.name ?? '', text: prompt?.text ?? '' },
    validate: {
      name: (name) => (name.trim() === '' ? t('joining.nameMissing') : null),
      text: (text) => {
        if (text.trim() === '') return t('prompts.textMissing');
        return promptFields(text).length > maxPromptFields
          ? t('prompts.tooManyFields', { count: maxPromptFields })
          : null;
      },
    },
  });
  const fields = promptFields(form.values.text);
  const { submit, problem } = useFormSubmit(form, async ({ name, text }) => {
    await save({ library, prompt, body: { name: name.trim(), text } });
    await queryClient.invalidateQueries({ queryKey: promptsQuery.queryKey });
    notifyDone(t('common.saved'));
    onClose();
  });
  return (
    <FormDialog
      onClose={onClose}
      size="lg"
      title={t(prompt ? 'prompts.editTitle' : `prompts.${library}.create`)}
      submitLabel={t('common.save')}
      submitting={form.submitting}
      onSubmit={submit}
    >
      <FormAlert message={problem} />
      <TextInput label={t('common.name')} maxLength={100} data-autofocus {...form.getInputProps('name')} />
      <Textarea
        label={t('prompts.text')}
        description={t('prompts.textHint')}
        maxLength={maxPromptLength}
        autosize
        minRows={5}
        maxRows={16}
        {...form.getInputProps('text')}
      />
      {fields.length > 0 && (
        <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {t('prompts.asksFor', { fields: fields.join(', ') })}
        </Text>
      )}
    </FormDialog>
  );
}

function save({
  library,
  prompt,
  body,
}: Omit<PromptDialogProps, 'onClose'> & { body: { name: string; text: string } }) {
  if (!prompt) return call(library === 'own' ? 'createPrompt' : 'createSharedPrompt', { body });
  const params = { promptId: prompt.id };
  return call(library === 'own' ? 'updatePrompt' : 'updateSharedPrompt', { params, body });
}
