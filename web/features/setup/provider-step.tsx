import { Button, Group, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from '../../texts/language.ts';
import type { ProviderId } from '../../../contract/providers.ts';
import { type BodyOf, call } from '../../api/client.ts';
import { ChoiceGroup } from '../../ui/choice-group.tsx';
import { ChoiceCard } from '../../ui/choice-card.tsx';
import { LocalOllamaOffer } from '../settings/providers/local-ollama-offer.tsx';
import { ProviderCredentialForm } from '../settings/providers/provider-credential-form.tsx';
import { providerOrder } from '../settings/providers/provider-order.ts';
import { sessionKeys } from '../session/session-queries.ts';
import classes from './provider-step.module.css';
import { keepProgress, readProgress } from './setup-progress.ts';

interface ProviderStepProps {
  onDone: () => void;
  onSkip: () => void;
}

export function ProviderStep({ onDone, onSkip }: ProviderStepProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [provider, setProvider] = useState<ProviderId | null>(() => readProgress().provider ?? null);
  /** Arrows move through the choices; the field would take the focus away from them. */
  const [isChosenByHand, setChosenByHand] = useState(true);
  const connect = async (body: BodyOf<'setupProvider'>) => {
    await call('setupProvider', { body });
    queryClient.removeQueries({ queryKey: sessionKeys.setupStatus });
  };
  return (
    <Stack>
      <LocalOllamaOffer
        connect={async (baseUrl) => {
          await connect({ provider: 'ollama-local', baseUrl });
          onDone();
        }}
      />
      <ChoiceGroup
        value={provider}
        onChange={(value) => {
          setProvider(value as ProviderId);
          keepProgress({ provider: value as ProviderId });
        }}
        label={t('setup.chooseProvider')}
      >
        <div
          className={classes.cards}
          onClickCapture={({ target, isTrusted }) => {
            if (target instanceof Element && target.closest('[role="radio"]')) setChosenByHand(isTrusted);
          }}
        >
          {providerOrder.map((id) => (
            <div key={id}>
              <ChoiceCard value={id} title={t(`providers.${id}.name`)} description={t(`providers.${id}.line`)} />
              {provider === id && (
                <div className={classes.form}>
                  <ProviderCredentialForm
                    provider={id}
                    takesFocus={isChosenByHand}
                    save={(credential) => connect({ provider: id, ...credential })}
                    onSaved={onDone}
                  />
                </div>
              )}
            </div>
          ))}
        </div>
      </ChoiceGroup>
      <Group justify="space-between" align="flex-start" gap="xs">
        <Text size="xs" c="dimmed" flex="1 1 220px">
          {t('setup.skipNote')}
        </Text>
        <Button variant="subtle" color="gray" onClick={onSkip} flex="none">
          {t('setup.skip')}
        </Button>
      </Group>
    </Stack>
  );
}
