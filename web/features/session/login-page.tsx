import { Alert, Button, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { Info } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useTranslation, withPageTexts } from '../../texts/language.ts';
import { ApiError } from '../../api/api-error.ts';
import { type Credentials, signIn } from '../../api/auth.ts';
import { Entrance } from '../../ui/entrance.tsx';
import { showFieldErrors } from '../../ui/field-errors.ts';
import { focusOnMount } from '../../ui/focus-on-mount.ts';
import { FormAlert } from '../../ui/form-alert.tsx';
import { lazyPart } from '../../ui/import-part.ts';
import { PasswordInput } from '../../ui/password-input.tsx';
import { sessionKeys, setupStatusQuery } from './session-queries.ts';

const DemoPeople = lazyPart(() => withPageTexts(() => import('../demo/demo-people.tsx')));

export function LoginPage() {
  const { t } = useTranslation();
  const { next, ended } = useSearch({ from: '/login' });
  const queryClient = useQueryClient();
  const router = useRouter();
  const [problem, setProblem] = useState<string | null>(null);
  const form = useForm({
    initialValues: { email: '', password: '' },
    validate: {
      email: (email) => (email.trim() === '' ? t('session.emailMissing') : null),
      password: (password) => (password === '' ? t('session.passwordMissing') : null),
    },
  });

  const { data: status } = useQuery(setupStatusQuery);
  const enter = async (values: Credentials) => {
    setProblem(null);
    try {
      await signIn(values);
    } catch (error) {
      const message = showFieldErrors(form, error);
      const minutes = error instanceof ApiError && error.retryAfter ? Math.ceil(error.retryAfter / 60) : undefined;
      const isLimited = error instanceof ApiError && error.status === 429 && minutes !== undefined;
      setProblem(isLimited ? t('session.waitAndRetry', { count: minutes }) : message);
      return;
    }
    queryClient.removeQueries({ queryKey: sessionKeys.me });
    queryClient.removeQueries({ queryKey: sessionKeys.ended });
    await router.navigate({ href: next ?? '/', replace: true });
  };
  const submit = form.onSubmit(enter);

  return (
    <Entrance title={t('session.signInTitle')} intro={t('session.signInIntro')}>
      <form onSubmit={submit} noValidate>
        <Stack>
          {ended && problem === null && (
            <Alert role="status" color="gray" variant="light" icon={<Info size={18} aria-hidden />} p="sm">
              {t('session.ended')}
            </Alert>
          )}
          <FormAlert message={problem} />
          {status?.demo && (
            <Suspense>
              <DemoPeople demo={status.demo} onChoose={enter} />
            </Suspense>
          )}
          <TextInput
            label={t('common.email')}
            type="email"
            autoComplete="username"
            inputMode="email"
            ref={focusOnMount}
            size="md"
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label={t('common.password')}
            autoComplete="current-password"
            size="md"
            {...form.getInputProps('password')}
          />
          <Button type="submit" size="md" loading={form.submitting} mt="xs">
            {t('session.signIn')}
          </Button>
          <Text size="sm" c="dimmed">
            {t('session.forgotten')}
          </Text>
        </Stack>
      </form>
    </Entrance>
  );
}
