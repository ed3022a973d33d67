import { Badge, Button, Group, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from '../../../texts/language.ts';
import type { Provider, ProviderId } from '../../../../contract/providers.ts';
import { call } from '../../../api/client.ts';
import { askToConfirm } from '../../../ui/confirm.ts';
import { notifyDone, notifyError } from '../../../ui/notify.ts';
import { QueryState } from '../../../ui/query-state.tsx';
import { Section } from '../../../ui/section.tsx';
import classes from '../settings.module.css';
import { LocalOllamaOffer } from './local-ollama-offer.tsx';
import { ModelLimitsSection } from './model-limits-section.tsx';
import { ProviderCredentialForm } from './provider-credential-form.tsx';
import { providerOrder } from './provider-order.ts';
import { ProviderDetails } from './provider-details.tsx';
import { providersKey } from './provider-queries.ts';
import { useRefreshProviders } from './use-refresh-providers.ts';

export function ProvidersSection() {
  return (
    <>
      <ProviderList />
      <ModelLimitsSection />
    </>
  );
}

function ProviderList() {
  const { t } = useTranslation();
  const query = useQuery({ queryKey: providersKey, queryFn: ({ signal }) => call('listProviders', { signal }) });
  const [open, setOpen] = useState<ProviderId | null>(null);
  return (
    <Section title={t('settings.providers.title')} description={t('settings.providers.hint')}>
      <QueryState query={query} lines={5}>
        {(providers) => (
          <>
            {providers.some(({ provider, configured }) => provider === 'ollama-local' && !configured) && (
              <FoundOllama />
            )}
            <ul className={classes.list}>
              {providers
                .toSorted((left, right) => providerOrder.indexOf(left.provider) - providerOrder.indexOf(right.provider))
                .map((provider) => (
                  <ProviderRow
                    key={provider.provider}
                    provider={provider}
                    hasDefault={providers.some(({ isDefault }) => isDefault)}
                    isOpen={open === provider.provider}
                    onOpen={() => setOpen(provider.provider)}
                    onClose={() => setOpen(null)}
                  />
                ))}
            </ul>
          </>
        )}
      </QueryState>
    </Section>
  );
}

function FoundOllama() {
  const { t } = useTranslation();
  const refresh = useRefreshProviders();
  return (
    <LocalOllamaOffer
      connect={async (baseUrl) => {
        await call('saveProvider', { body: { provider: 'ollama-local', baseUrl } });
        notifyDone(t('settings.providers.saved', { name: t('providers.ollama-local.name') }));
        await refresh();
      }}
    />
  );
}

interface ProviderRowProps {
  provider: Provider;
  /** Without a default the first provider becomes it. */
  hasDefault: boolean;
  isOpen: boolean;
  onOpen: () => void;
  onClose: () => void;
}

function ProviderRow({ provider: whole, hasDefault, isOpen, onOpen, onClose }: ProviderRowProps) {
  const { provider, configured, isDefault, lastCheck } = whole;
  const { t } = useTranslation();
  const refresh = useRefreshProviders();
  const name = t(`providers.${provider}.name`);
  return (
    <li className={classes.row}>
      <div className={classes.rowText}>
        <Group gap="xs">
          <Text fw={600}>{name}</Text>
          {configured && (
            <Badge color={lastCheck?.success === false ? 'yellow' : 'teal'} variant="light">
              {t(lastCheck?.success === false ? 'settings.providers.checkFailed' : 'settings.providers.connected')}
            </Badge>
          )}
          {isDefault && <Badge variant="light">{t('settings.providers.default')}</Badge>}
        </Group>
        <Text size="sm" c="dimmed">
          {t(`providers.${provider}.line`)}
        </Text>
      </div>
      {!isOpen && <ProviderActions provider={whole} hasDefault={hasDefault} onOpen={onOpen} />}
      {configured && !isOpen && <ProviderDetails provider={whole} />}
      {isOpen && (
        <div className={classes.form}>
          <ProviderCredentialForm
            provider={provider}
            offersDefault={!configured && hasDefault}
            save={async (credential, makeDefault) => {
              await call('saveProvider', {
                body: { provider, ...credential, ...(makeDefault ? { isDefault: true } : {}) },
              });
            }}
            onSaved={() => {
              notifyDone(t('settings.providers.saved', { name }));
              onClose();
              void refresh();
            }}
            onCancel={onClose}
          />
        </div>
      )}
    </li>
  );
}

function ProviderActions({
  provider: { provider, configured, isDefault },
  hasDefault,
  onOpen,
}: Pick<ProviderRowProps, 'provider' | 'hasDefault' | 'onOpen'>) {
  const { t } = useTranslation();
  const refresh = useRefreshProviders();
  const name = t(`providers.${provider}.name`);
  const remove = useMutation({
    mutationFn: () => call('deleteProvider', { query: { provider } }),
    onSuccess: refresh,
  });
  const makeDefault = useMutation({
    mutationFn: () => call('saveProvider', { body: { provider, isDefault: true } }),
    onSuccess: async () => {
      await refresh();
      notifyDone(t('settings.providers.isDefaultNow', { name }));
    },
    onError: notifyError,
  });
  const change = provider === 'ollama-local' ? 'changeAddress' : 'replace';
  return (
    <Group gap="xs">
      {configured && !isDefault && (
        <Button
          size="sm"
          variant="subtle"
          color="gray"
          loading={makeDefault.isPending}
          aria-label={t('settings.providers.makeDefaultOf', { name })}
          onClick={() => makeDefault.mutate()}
        >
          {t('settings.providers.makeDefault')}
        </Button>
      )}
      <Button
        size="sm"
        variant={hasDefault ? 'default' : 'filled'}
        onClick={onOpen}
        aria-label={t(`settings.providers.${configured ? change : 'connect'}Of`, { name })}
      >
        {t(`settings.providers.${configured ? change : 'connect'}`)}
      </Button>
      {configured && (
        <Button
          size="sm"
          variant="subtle"
          color="red"
          loading={remove.isPending}
          aria-label={t('settings.providers.removeOf', { name })}
          onClick={() =>
            askToConfirm({
              title: t('settings.providers.removeQuestion', { name }),
              body: t('settings.providers.removeBody', { name }),
              confirm: t('settings.providers.remove'),
              action: async () => {
                await remove.mutateAsync();
                notifyDone(t('settings.providers.removed', { name }));
              },
            })
          }
        >
          {t('settings.providers.remove')}
        </Button>
      )}
    </Group>
  );
}
