import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from '../../texts/language.ts';
import { Entrance } from '../../ui/entrance.tsx';
import { focusOnMount } from '../../ui/focus-on-mount.ts';
import { meQuery, setupStatusQuery } from '../session/session-queries.ts';
import { AccountStep } from './account-step.tsx';
import { ProviderStep } from './provider-step.tsx';
import { forgetProgress, keepProgress, readProgress } from './setup-progress.ts';

type Step = 'account' | 'provider' | 'done' | 'done-without-provider';

/** The wizard of a new installation. A reload goes on where one was; whoever comes back as its admin, with the provider. */
export function SetupPage() {
  const { t } = useTranslation();
  const { data: me } = useQuery(meQuery);
  const { data: status } = useQuery(setupStatusQuery);
  const [step, setStep] = useState<Step>(() => {
    if (!me) return 'account';
    const { done } = readProgress();
    if (done === undefined) return 'provider';
    return status?.providerConfigured ? 'done' : 'done-without-provider';
  });
  const finish = (done: 'with-provider' | 'without-provider') => {
    keepProgress({ done });
    setStep(done === 'with-provider' ? 'done' : 'done-without-provider');
  };

  if (step === 'account') {
    return (
      <Entrance title={t('setup.accountTitle')} intro={t('setup.accountIntro')}>
        <AccountStep onDone={() => setStep('provider')} />
        <StepNote step={1} />
      </Entrance>
    );
  }
  if (step === 'provider') {
    return (
      <Entrance title={t('setup.providerTitle')} intro={t('setup.providerIntro')} wide>
        <ProviderStep onDone={() => finish('with-provider')} onSkip={() => finish('without-provider')} />
        <StepNote step={2} />
      </Entrance>
    );
  }
  return <DoneStep hasProvider={step === 'done'} />;
}

function StepNote({ step }: { step: number }) {
  const { t } = useTranslation();
  return (
    <Text size="xs" c="dimmed" ta="center" mt="lg">
      {t('setup.step', { step })}
    </Text>
  );
}

function DoneStep({ hasProvider }: { hasProvider: boolean }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const router = useRouter();
  const enter = async () => {
    forgetProgress();
    // Everything that was fetched before the account existed is out of date.
    queryClient.clear();
    await router.navigate({ to: '/', replace: true });
  };
  return (
    <Entrance title={t('setup.doneTitle')} intro={t(hasProvider ? 'setup.doneIntro' : 'setup.doneSkippedIntro')}>
      <Stack>
        <Text size="sm" c="dimmed">
          {t('setup.next')}
        </Text>
        <Group>
          <Button onClick={() => void enter()} size="md" ref={focusOnMount}>
            {t(hasProvider ? 'setup.toSmithers' : 'setup.lookAround')}
          </Button>
        </Group>
      </Stack>
      <StepNote step={3} />
    </Entrance>
  );
}
