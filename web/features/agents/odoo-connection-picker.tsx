import { Button, Group, Radio, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useId } from 'react';
import { useTranslation } from '../../texts/language.ts';
import type { Integration } from '../../../contract/integrations.ts';
import { call } from '../../api/client.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { FormAlert } from '../../ui/form-alert.tsx';
import { useFormats } from '../../ui/formats.ts';
import { messageOf, notifyDone } from '../../ui/notify.ts';
import { ChoiceGroup } from '../../ui/choice-group.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { integrationsQuery, useIntegrationsRefresh } from '../settings/integrations/integration-queries.ts';

interface OdooConnectionPickerProps {
  value: string | null;
  onChange: (connectionId: string | null) => void;
  /** The server's, when the connection does not have what the template needs. */
  error?: string | undefined;
}

/** The Odoo that an agent from an Odoo template will work with. */
export function OdooConnectionPicker({ value, onChange, error }: OdooConnectionPickerProps) {
  const { t } = useTranslation();
  const query = useQuery(integrationsQuery);
  const odoos = query.data?.filter(({ type }) => type === 'odoo') ?? [];
  const only = odoos.length === 1 ? odoos[0]?.id : undefined;
  // Where there is one only, there is nothing to choose.
  useEffect(() => {
    if (value === null && only !== undefined) onChange(only);
  }, [value, only, onChange]);
  return (
    <QueryState query={query} lines={2}>
      {() => {
        if (odoos.length === 0) {
          return (
            <Stack gap="sm" align="flex-start">
              <Text size="sm">{t('integrations.odooNone')}</Text>
              <ButtonLink to="/settings" search={{ section: 'integrations' }} variant="default" size="sm">
                {t('integrations.connectionsAdd')}
              </ButtonLink>
              {error !== undefined && <FormAlert message={error} />}
            </Stack>
          );
        }
        const chosen = odoos.find(({ id }) => id === value);
        return (
          <Stack gap="sm">
            <ChoiceGroup label={t('integrations.odooTitle')} value={value} onChange={onChange}>
              <Stack gap="sm">
                {odoos.map((connection) => (
                  <ConnectionRadio key={connection.id} connection={connection} />
                ))}
              </Stack>
            </ChoiceGroup>
            <FormAlert message={error ?? null} />
            {chosen && (error !== undefined || chosen.lastSyncAt === null) && (
              <Synchronise connection={chosen} explains={error === undefined} onDone={() => onChange(chosen.id)} />
            )}
          </Stack>
        );
      }}
    </QueryState>
  );
}

function ConnectionRadio({ connection: { id, name, version, models, lastSyncAt } }: { connection: Integration }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const facts =
    lastSyncAt === null
      ? [t('integrations.notSynced')]
      : [
          version && `Odoo ${version}`,
          t('integrations.models', { count: models.length }),
          t('integrations.syncedAt', { date: formats.dateTime(lastSyncAt) }),
        ];
  return <Radio value={id} label={name} description={facts.filter(Boolean).join(' · ')} />;
}

interface SynchroniseProps {
  connection: Integration;
  /** Whether to say why; an error has said it already. */
  explains: boolean;
  /** What the server said before no longer counts. */
  onDone: () => void;
}

function Synchronise({ connection: { id, name }, explains, onDone }: SynchroniseProps) {
  const { t } = useTranslation();
  const refresh = useIntegrationsRefresh();
  const textId = useId();
  const sync = useMutation({
    mutationFn: () => call('syncIntegration', { params: { connectionId: id } }),
    onSuccess: ({ models }) => {
      onDone();
      notifyDone(t('integrations.synced', { name, count: models }));
    },
    onSettled: refresh,
  });
  return (
    <>
      <Group gap="sm">
        <Button
          size="sm"
          variant="default"
          loading={sync.isPending}
          onClick={() => sync.mutate()}
          aria-describedby={explains ? textId : undefined}
        >
          {t('integrations.syncOf', { name })}
        </Button>
        {explains && (
          <Text size="sm" c="dimmed" id={textId} flex="1 1 240px">
            {t('integrations.odooUnsynced')}
          </Text>
        )}
      </Group>
      <FormAlert message={sync.isError ? messageOf(sync.error) : null} />
    </>
  );
}
