import { Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from '../../../texts/language.ts';
import type { Agent } from '../../../../contract/agents.ts';
import { maxStarters } from '../../../../contract/limits.ts';
import { showFieldErrors } from '../../../ui/field-errors.ts';
import { FormAlert } from '../../../ui/form-alert.tsx';
import { SaveBar } from '../../../ui/save-bar.tsx';
import { Section } from '../../../ui/section.tsx';
import { AboutFields } from './about-fields.tsx';
import { IconPicker } from './icon-picker.tsx';
import { modelSettingsBody, ModelSettingsFields, modelSettingsValues } from './model-settings-fields.tsx';
import { ModelSelect } from '../model-select.tsx';
import { useUpdateAgent } from '../use-update-agent.ts';

const valuesOf = (agent: Agent) => ({ ...ownValuesOf(agent), ...modelSettingsValues(agent) });

const ownValuesOf = ({
  name,
  tagline,
  greetingMessage,
  starters,
  icon,
  model,
  description,
  responsibleUserId,
  reviewAt,
}: Agent) => ({
  name,
  tagline: tagline ?? '',
  greetingMessage: greetingMessage ?? '',
  starters: starters.join('\n'),
  icon,
  model,
  description: description ?? '',
  responsibleUserId,
  reviewAt: reviewAt ?? '',
});

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

export function GeneralTab({ agent }: { agent: Agent }) {
  const { t } = useTranslation();
  const update = useUpdateAgent(agent.id);
  const [problem, setProblem] = useState<string | null>(null);
  const form = useForm({
    initialValues: valuesOf(agent),
    validate: { name: (name) => (name.trim() === '' ? t('agents.nameMissing') : null) },
  });

  const { setPermissions } = agent.abilities;
  const save = form.onSubmit(async ({ name, tagline, greetingMessage, starters, icon, model, ...about }) => {
    setProblem(null);
    try {
      const saved = await update.mutateAsync({
        name,
        tagline: tagline.trim() === '' ? null : tagline.trim(),
        greetingMessage: greetingMessage.trim() === '' ? null : greetingMessage,
        starters: linesOf(starters),
        icon,
        ...(model === null || model === agent.model ? {} : { model }),
        ...(setPermissions && {
          description: about.description.trim() === '' ? null : about.description,
          responsibleUserId: about.responsibleUserId,
          reviewAt: about.reviewAt === '' ? null : about.reviewAt,
          ...modelSettingsBody(about, model ?? agent.model),
        }),
      });
      form.setInitialValues(valuesOf(saved));
      form.setValues(valuesOf(saved));
    } catch (error) {
      setProblem(showFieldErrors(form, error));
    }
  });

  return (
    <form onSubmit={save} noValidate>
      <Section title={t('agents.tabGeneral')}>
        <Stack>
          <FormAlert message={problem} />
          <TextInput label={t('common.name')} maxLength={100} {...form.getInputProps('name')} />
          <IconPicker
            agent={agent}
            value={form.values.icon}
            onChange={(icon) => form.setFieldValue('icon', icon)}
            error={form.errors['icon'] as string | undefined}
          />
          <TextInput
            label={t('agents.tagline')}
            description={t('agents.taglineHint')}
            maxLength={200}
            {...form.getInputProps('tagline')}
          />
          <Textarea
            label={t('agents.greeting')}
            description={t('agents.greetingHint')}
            maxLength={2_000}
            autosize
            minRows={2}
            maxRows={8}
            {...form.getInputProps('greetingMessage')}
          />
          <Textarea
            label={t('agents.starters')}
            description={t('agents.startersHint', { count: maxStarters })}
            autosize
            minRows={2}
            maxRows={maxStarters}
            {...form.getInputProps('starters')}
          />
          <ModelSelect
            value={form.values.model}
            onChange={(model) => form.setFieldValue('model', model)}
            error={form.errors.model as string | undefined}
          />
          {setPermissions && <ModelSettingsFields model={form.values.model} form={form} />}
          {setPermissions && <AboutFields form={form} />}
        </Stack>
      </Section>
      <SaveBar dirty={form.isDirty()} saving={update.isPending} onSave={() => save()} onDiscard={form.reset} />
    </form>
  );
}
