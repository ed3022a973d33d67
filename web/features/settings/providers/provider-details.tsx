import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Activity, CircleAlert, CircleCheck } from 'lucide-react';
import type { Model, Provider, ProviderCheck } from '../../../../contract/providers.ts';
import { call } from '../../../api/client.ts';
import { useSentences } from '../../../sentences/sentences.ts';
import { useTranslation } from '../../../texts/language.ts';
import { ago } from '../../../ui/ago.ts';
import { FormAlert } from '../../../ui/form-alert.tsx';
import { useFormats } from '../../../ui/formats.ts';
import { messageOf, notifyDone } from '../../../ui/notify.ts';
import { modelsQuery } from '../../agents/agent-queries.ts';
import { KeyPageLink } from './key-page-link.tsx';
import classes from './providers.module.css';
import { useRefreshProviders } from './use-refresh-providers.ts';

/** What is known of a connected provider: where it is, by which key, what it offers, and whether it works. */
export function ProviderDetails({ provider: whole }: { provider: Provider }) {
  const { provider, address, keyEnding, isDefault } = whole;
  const { t } = useTranslation();
  const { data: models = [] } = useQuery(modelsQuery);
  const own = models.filter((model) => model.provider === provider);
  return (
    <Stack gap="sm" className={classes.details}>
      <dl className={classes.facts}>
        <div>
          <dt>{t('providers.baseUrl')}</dt>
          <dd>{address}</dd>
        </div>
        {provider !== 'ollama-local' && (
          <div>
            <dt>{t('providers.apiKey')}</dt>
            <dd>
              {keyEnding ? t('settings.providers.keyEnds', { ending: keyEnding }) : t('settings.providers.keyKept')}
            </dd>
          </div>
        )}
      </dl>
      {own.length > 0 && <ModelNames models={own} />}
      {isDefault && own.length > 0 && <DefaultModel provider={whole} models={own} />}
      <Check provider={whole} />
    </Stack>
  );
}

function ModelNames({ models }: { models: readonly Model[] }) {
  const { t } = useTranslation();
  return (
    <details>
      <summary className={classes.summary}>{t('settings.providers.models', { count: models.length })}</summary>
      <ul className={classes.models}>
        {models.map(({ id, displayName }) => (
          <li key={id} title={id}>
            {displayName}
          </li>
        ))}
      </ul>
    </details>
  );
}

const automatic = 'automatic';

function DefaultModel({
  provider: { provider, chosenModel, lastCheck },
  models,
}: {
  provider: Provider;
  models: readonly Model[];
}) {
  const { t } = useTranslation();
  const refresh = useRefreshProviders();
  const choose = useMutation({
    mutationFn: (defaultModel: string | null) => call('saveProvider', { body: { provider, defaultModel } }),
    onSuccess: async () => {
      await refresh();
      notifyDone(t('settings.providers.modelChosen'));
    },
  });
  const nameOf = (id: string) => models.find((model) => model.id === id)?.displayName ?? id;
  const known = lastCheck?.automaticModel;
  const isGone = chosenModel && !models.some(({ id }) => id === chosenModel);
  return (
    <>
      <Select
        label={t('settings.providers.defaultModel')}
        description={t('settings.providers.defaultModelHint')}
        error={isGone ? t('settings.providers.modelGone', { name: chosenModel }) : null}
        maw={420}
        allowDeselect={false}
        searchable={models.length > 8}
        disabled={choose.isPending}
        data={[
          {
            value: automatic,
            label: known
              ? t('settings.providers.automaticIs', { name: nameOf(known) })
              : t('settings.providers.automatic'),
          },
          ...models.map(({ id, displayName }) => ({ value: id, label: displayName })),
        ]}
        value={isGone ? null : (chosenModel ?? automatic)}
        onChange={(id) => choose.mutate(id === automatic ? null : id)}
      />
      <FormAlert message={choose.isError ? messageOf(choose.error) : null} />
    </>
  );
}

function Check({ provider: { provider, lastCheck } }: { provider: Provider }) {
  const { t } = useTranslation();
  const refresh = useRefreshProviders();
  const check = useMutation({
    mutationFn: () => call('checkProvider', { body: { provider } }),
    onSettled: refresh,
  });
  return (
    <Group gap="sm" align="flex-start">
      <Button
        size="sm"
        variant="default"
        leftSection={<Activity size={15} aria-hidden />}
        loading={check.isPending}
        onClick={() => check.mutate()}
        aria-label={t('settings.providers.checkOf', { name: t(`providers.${provider}.name`) })}
      >
        {t('settings.providers.checkNow')}
      </Button>
      <div role="status" className={classes.result}>
        {check.isError ? (
          <Text size="sm" c="var(--mantine-color-error)">
            {messageOf(check.error)}
          </Text>
        ) : (
          lastCheck && <CheckResult check={lastCheck} provider={provider} />
        )}
      </div>
    </Group>
  );
}

const codes = ['provider_auth', 'provider_quota', 'rate_limited', 'provider_unavailable', 'model_not_found'] as const;

function CheckResult({ check, provider }: { check: ProviderCheck; provider: Provider['provider'] }) {
  const { t } = useTranslation();
  const say = useSentences();
  const formats = useFormats();
  const code = codes.find((known) => known === check.code) ?? 'other';
  const Icon = check.success ? CircleCheck : CircleAlert;
  return (
    <Group gap={8} wrap="nowrap" align="flex-start">
      <Icon
        size={18}
        aria-hidden
        color={check.success ? 'var(--mantine-color-teal-6)' : 'var(--mantine-color-error)'}
        style={{ flex: 'none', marginTop: 2 }}
      />
      <div>
        <Text size="sm" {...(!check.success && { c: 'var(--mantine-color-error)' })}>
          {check.success
            ? t('settings.providers.works', { count: check.models ?? 0, milliseconds: check.milliseconds })
            : t(`settings.providers.fails.${code}`)}
        </Text>
        {check.error !== null && <Text size="sm">{say(check.error)}</Text>}
        <Text size="sm" c="dimmed" title={formats.dateTime(check.checkedAt)}>
          {t('settings.providers.checked', { ago: ago(check.checkedAt) })}
        </Text>
        {check.accepted === false && <KeyPageLink provider={provider} />}
      </div>
    </Group>
  );
}
