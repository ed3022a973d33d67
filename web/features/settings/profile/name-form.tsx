import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from '../../../texts/language.ts';
import { call } from '../../../api/client.ts';
import { showFieldErrors } from '../../../ui/field-errors.ts';
import { FormAlert } from '../../../ui/form-alert.tsx';
import { notifyDone } from '../../../ui/notify.ts';
import { Section } from '../../../ui/section.tsx';
import { sessionKeys, useMe } from '../../session/session-queries.ts';

export function NameForm() {
  const { t } = useTranslation();
  const me = useMe();
  const queryClient = useQueryClient();
  const [problem, setProblem] = useState<string | null>(null);
  const form = useForm({
    initialValues: { name: me.name },
    validate: { name: (name) => (name.trim() === '' ? t('joining.nameMissing') : null) },
  });
  const submit = form.onSubmit(async ({ name }) => {
    setProblem(null);
    try {
      await call('updateMe', { body: { name: name.trim() } });
      queryClient.setQueryData(sessionKeys.me, { ...me, name: name.trim() });
      form.setInitialValues({ name: name.trim() });
      form.reset();
      notifyDone(t('common.saved'));
    } catch (error) {
      setProblem(showFieldErrors(form, error));
    }
  });
  return (
    <Section title={t('settings.profile.title')} description={me.email}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <FormAlert message={problem} />
          <TextInput
            label={t('settings.profile.name')}
            description={t('settings.profile.nameHint')}
            autoComplete="name"
            maxLength={100}
            {...form.getInputProps('name')}
          />
          <Group>
            <Button type="submit" loading={form.submitting} disabled={!form.isDirty()}>
              {t('common.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
