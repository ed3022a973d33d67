import { Button, Checkbox, Group, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from '../../../texts/language.ts';
import type { ProviderId } from '../../../../contract/providers.ts';
import { focusOnMount } from '../../../ui/focus-on-mount.ts';
import { messageOf } from '../../../ui/notify.ts';
import { PasswordInput } from '../../../ui/password-input.tsx';
import { KeyPageLink } from './key-page-link.tsx';

interface ProviderCredentialFormProps {
  provider: ProviderId;
  save: (credential: { apiKey: string } | { baseUrl: string }, makeDefault: boolean) => Promise<void>;
  onSaved: () => void;
  onCancel?: (() => void) | undefined;
  /** Whether to offer that new agents use this provider. */
  offersDefault?: boolean;
  takesFocus?: boolean;
}

/** Asks for a key, or for the address of a local Ollama; the provider's own reason shows when it is refused. */
export function ProviderCredentialForm({
  provider,
  save,
  onSaved,
  onCancel,
  offersDefault = false,
  takesFocus = true,
}: ProviderCredentialFormProps) {
  const { t } = useTranslation();
  const isLocal = provider === 'ollama-local';
  const [value, setValue] = useState(isLocal ? t('providers.baseUrlPlaceholder') : '');
  const [problem, setProblem] = useState<string | null>(null);
  const [makeDefault, setMakeDefault] = useState(false);
  const [checking, setChecking] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setProblem(null);
    setChecking(true);
    try {
      await save(isLocal ? { baseUrl: value.trim() } : { apiKey: value.trim() }, makeDefault);
      onSaved();
    } catch (error) {
      setProblem(messageOf(error));
    } finally {
      setChecking(false);
    }
  };

  const field = {
    value,
    onChange: (event: { currentTarget: HTMLInputElement }) => {
      setValue(event.currentTarget.value);
      setProblem(null);
    },
    error: problem,
    ref: takesFocus ? focusOnMount : undefined,
    required: true,
    withAsterisk: false,
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="sm">
        {isLocal ? (
          <TextInput
            label={t('providers.baseUrl')}
            description={t('providers.ollama-local.keyFrom')}
            inputMode="url"
            {...field}
          />
        ) : (
          <PasswordInput
            label={t('providers.apiKey')}
            description={`${t(`providers.${provider}.keyFrom`)} ${t('providers.keyStays')}`}
            autoComplete="off"
            data-1p-ignore
            {...field}
          />
        )}
        <KeyPageLink provider={provider} />
        {offersDefault && (
          <Checkbox
            label={t('settings.providers.useByDefault')}
            checked={makeDefault}
            onChange={(event) => setMakeDefault(event.currentTarget.checked)}
          />
        )}
        <Group>
          <Button type="submit" loading={checking} disabled={value.trim() === ''}>
            {t('providers.check')}
          </Button>
          {onCancel && (
            <Button variant="default" onClick={onCancel}>
              {t('common.cancel')}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}
