import { Button, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from '../../texts/language.ts';
import { ApiError } from '../../api/api-error.ts';
import { call } from '../../api/client.ts';
import { showFieldErrors } from '../../ui/field-errors.ts';
import { focusOnMount } from '../../ui/focus-on-mount.ts';
import { FormAlert } from '../../ui/form-alert.tsx';
import { newPasswordError } from '../../ui/new-password-error.ts';
import { NewPasswordField } from '../../ui/new-password-field.tsx';
import { meQuery, sessionKeys } from '../session/session-queries.ts';
import { keepProgress, readProgress } from './setup-progress.ts';

export function AccountStep({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [problem, setProblem] = useState<string | null>(null);
  const [kept] = useState(readProgress);
  const form = useForm({
    initialValues: { name: kept.name ?? '', email: kept.email ?? '', password: '' },
    onValuesChange: ({ name, email }) => keepProgress({ name, email }),
    validate: {
      name: (name) => (name.trim() === '' ? t('joining.nameMissing') : null),
      email: (email) => (email.trim() === '' ? t('session.emailMissing') : null),
      password: (password) => newPasswordError(t, password),
    },
  });

  const submit = form.onSubmit(async (body) => {
    setProblem(null);
    try {
      await call('setup', { body });
    } catch (error) {
      const message = showFieldErrors(form, error);
      setProblem(error instanceof ApiError && error.status === 409 ? t('setup.taken') : message);
      return;
    }
    queryClient.removeQueries({ queryKey: sessionKeys.setupStatus });
    queryClient.removeQueries({ queryKey: sessionKeys.me });
    await queryClient.prefetchQuery(meQuery);
    onDone();
  });

  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <FormAlert message={problem} />
        <TextInput
          size="md"
          label={t('common.name')}
          autoComplete="name"
          ref={focusOnMount}
          {...form.getInputProps('name')}
        />
        <TextInput
          size="md"
          label={t('common.email')}
          type="email"
          autoComplete="email"
          {...form.getInputProps('email')}
        />
        <NewPasswordField
          size="md"
          label={t('common.password')}
          {...form.getInputProps('password')}
          value={form.values.password}
        />
        <Button type="submit" size="md" loading={form.submitting} mt="xs">
          {t('setup.createAccount')}
        </Button>
      </Stack>
    </form>
  );
}
