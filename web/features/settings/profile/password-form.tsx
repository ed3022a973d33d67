import { Button, Group, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from '../../../texts/language.ts';
import { call } from '../../../api/client.ts';
import { showFieldErrors } from '../../../ui/field-errors.ts';
import { FormAlert } from '../../../ui/form-alert.tsx';
import { newPasswordError } from '../../../ui/new-password-error.ts';
import { NewPasswordField } from '../../../ui/new-password-field.tsx';
import { notifyDone } from '../../../ui/notify.ts';
import { PasswordInput } from '../../../ui/password-input.tsx';
import { Section } from '../../../ui/section.tsx';
import { useMe } from '../../session/session-queries.ts';

export function PasswordForm() {
  const { t } = useTranslation();
  const me = useMe();
  const [problem, setProblem] = useState<string | null>(null);
  const form = useForm({
    initialValues: { currentPassword: '', newPassword: '' },
    validate: {
      currentPassword: (password) => (password === '' ? t('session.passwordMissing') : null),
      newPassword: (password) => newPasswordError(t, password),
    },
  });
  const submit = form.onSubmit(async (body) => {
    setProblem(null);
    try {
      await call('changeMyPassword', { body });
      form.reset();
      notifyDone(t('settings.profile.passwordChanged'));
    } catch (error) {
      setProblem(showFieldErrors(form, error));
    }
  });
  return (
    <Section title={t('settings.profile.passwordTitle')} description={t('settings.profile.passwordHint')}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <FormAlert message={problem} />
          <input type="text" name="username" autoComplete="username" value={me.email} readOnly hidden />
          <PasswordInput
            label={t('settings.profile.currentPassword')}
            autoComplete="current-password"
            {...form.getInputProps('currentPassword')}
          />
          <NewPasswordField
            label={t('joining.newPassword')}
            {...form.getInputProps('newPassword')}
            value={form.values.newPassword}
          />
          <Group>
            <Button type="submit" variant="default" loading={form.submitting} disabled={!form.isDirty()}>
              {t('settings.profile.changePassword')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
