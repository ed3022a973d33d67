import { Button, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from '../../texts/language.ts';
import { signIn } from '../../api/auth.ts';
import { call } from '../../api/client.ts';
import { Entrance } from '../../ui/entrance.tsx';
import { showFieldErrors } from '../../ui/field-errors.ts';
import { focusOnMount } from '../../ui/focus-on-mount.ts';
import { FormAlert } from '../../ui/form-alert.tsx';
import { newPasswordError } from '../../ui/new-password-error.ts';
import { NewPasswordField } from '../../ui/new-password-field.tsx';
import { notifyDone } from '../../ui/notify.ts';
import { sessionKeys } from './session-queries.ts';

interface ClaimFormProps {
  token: string;
  type: 'invite' | 'reset';
  /** Null when the invitation leaves it open. */
  email: string | null;
  /** What the invitation suggests. */
  name: string | null;
}

export function ClaimForm({ token, type, email, name }: ClaimFormProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const router = useRouter();
  const [problem, setProblem] = useState<string | null>(null);
  const isInvite = type === 'invite';
  const asksEmail = isInvite && email === null;
  const form = useForm({
    initialValues: { name: name ?? '', email: '', password: '' },
    validate: {
      name: (own) => (isInvite && own.trim() === '' ? t('joining.nameMissing') : null),
      email: (address) => (asksEmail && address.trim() === '' ? t('session.emailMissing') : null),
      password: (password) => newPasswordError(t, password),
    },
  });

  const submit = form.onSubmit(async (values) => {
    setProblem(null);
    try {
      await call('claimInvite', {
        body: {
          token,
          password: values.password,
          ...(isInvite ? { name: values.name } : {}),
          ...(asksEmail ? { email: values.email } : {}),
        },
      });
    } catch (error) {
      setProblem(showFieldErrors(form, error));
      return;
    }
    await enter(email ?? values.email, values.password);
  });

  /** Signs in with what was just chosen; should that fail, the sign-in page is the way. */
  const enter = async (address: string, password: string) => {
    try {
      await signIn({ email: address, password });
      // Not what this page shows: drawn once more on the way, it would ask for an invitation that is used up.
      queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'invite' });
      await router.navigate({ to: '/', replace: true });
    } catch {
      notifyDone(t(isInvite ? 'joining.joinedSignIn' : 'joining.resetDone'));
      queryClient.removeQueries({ queryKey: sessionKeys.me });
      await router.navigate({ to: '/login', search: {}, replace: true });
    }
  };

  return (
    <Entrance
      title={t(isInvite ? 'joining.inviteTitle' : 'joining.resetTitle')}
      intro={
        <>
          {isInvite ? t('joining.inviteIntro') : t('joining.resetIntro', { email: email ?? '' })}
          {isInvite && email !== null && ` ${t('joining.inviteFor', { email })}`}
        </>
      }
    >
      <form onSubmit={submit} noValidate>
        <Stack>
          <FormAlert message={problem} />
          {!asksEmail && <input type="hidden" name="username" autoComplete="username" value={email ?? ''} readOnly />}
          {isInvite && (
            <TextInput
              size="md"
              label={t('common.name')}
              autoComplete="name"
              ref={name ? undefined : focusOnMount}
              {...form.getInputProps('name')}
            />
          )}
          {asksEmail && (
            <TextInput
              size="md"
              label={t('common.email')}
              type="email"
              autoComplete="email"
              {...form.getInputProps('email')}
            />
          )}
          <NewPasswordField
            size="md"
            label={t(isInvite ? 'common.password' : 'joining.newPassword')}
            {...form.getInputProps('password')}
            value={form.values.password}
            ref={name || !isInvite ? focusOnMount : undefined}
          />
          <Button type="submit" size="md" loading={form.submitting} mt="xs">
            {t(isInvite ? 'joining.join' : 'joining.setPassword')}
          </Button>
        </Stack>
      </form>
    </Entrance>
  );
}
