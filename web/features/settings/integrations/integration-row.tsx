import { ActionIcon, Alert, Badge, Button, Group, Menu, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { CircleAlert, Ellipsis, Pencil, PlugZap, Trash2 } from 'lucide-react';
import { useSentences } from '../../../sentences/sentences.ts';
import { useTranslation } from '../../../texts/language.ts';
import type { Integration } from '../../../../contract/integrations.ts';
import { call } from '../../../api/client.ts';
import { askToConfirm } from '../../../ui/confirm.ts';
import { useFormats } from '../../../ui/formats.ts';
import { messageOf, notifyDone } from '../../../ui/notify.ts';
import { overviewQuery } from '../../overview/overview-queries.ts';
import classes from '../settings.module.css';
import { DeletionConsequences } from './deletion-consequences.tsx';
import { IntegrationIcon } from './integration-icon.tsx';
import { useIntegrationsRefresh } from './integration-queries.ts';

interface IntegrationRowProps {
  connection: Integration;
  onEdit: () => void;
}

export function IntegrationRow({ connection, onEdit }: IntegrationRowProps) {
  const { t } = useTranslation();
  const say = useSentences();
  const { id, name, type } = connection;
  const refresh = useIntegrationsRefresh();
  const sync = useMutation({
    mutationFn: () => call('syncIntegration', { params: { connectionId: id } }),
    onSuccess: ({ models }) =>
      notifyDone(
        type === 'odoo' ? t('integrations.synced', { name, count: models }) : t('integrations.created', { name }),
      ),
    onSettled: refresh,
  });
  const test = useMutation({
    mutationFn: () => call('testStoredIntegration', { params: { connectionId: id } }),
    onSuccess: (answer) => {
      if (answer.success) notifyDone(t(`integrations.worksNamed.${type}`, { name, version: answer.version }));
    },
  });
  const remove = () =>
    askToConfirm({
      title: t('integrations.deleteQuestion', { name }),
      body: <DeletionConsequences connection={connection} />,
      confirm: t('common.delete'),
      action: async () => {
        await call('deleteIntegration', { params: { connectionId: id } });
        await refresh();
        notifyDone(t('integrations.deleted', { name }));
      },
    });

  const { data: overview } = useQuery(overviewQuery);
  const failed = overview?.connections.find((one) => one.kind === 'integration' && one.id === id);
  const problem =
    problemOf(sync.error) ??
    problemOf(test.error) ??
    (test.data?.success === false ? test.data.error : null) ??
    // What the last synchronisation failed at, until there is a newer one.
    (failed && !sync.isPending && !test.isSuccess ? failed.reason : null);
  const isOdoo = type === 'odoo';
  // A search has nothing to synchronise; what checks it is a search.
  const check = isOdoo ? sync : test;
  return (
    <li className={classes.row}>
      <IntegrationIcon type={type} />
      <div className={classes.rowText}>
        <Group gap="xs">
          <Text fw={600}>{name}</Text>
          <Badge variant="light" color="gray">
            {[t(`integrations.types.${type}`), isOdoo && connection.version].filter(Boolean).join(' ')}
          </Badge>
          {isOdoo && <SyncBadge connection={connection} isFailing={problem !== null} />}
        </Group>
        <Text size="sm" c="dimmed">
          <Line connection={connection} />
        </Text>
        {isOdoo && connection.lastSyncAt === null && (
          <Text size="sm" mt={2}>
            {t('integrations.syncNeeded')}
          </Text>
        )}
      </div>
      <Group gap="xs">
        <Button
          size="sm"
          variant="default"
          loading={check.isPending}
          onClick={() => {
            test.reset();
            sync.reset();
            check.mutate();
          }}
          aria-label={t(isOdoo ? 'integrations.syncOf' : 'integrations.checkOf', { name })}
        >
          {t(isOdoo ? 'integrations.sync' : 'integrations.check')}
        </Button>
        <Menu position="bottom-end" shadow="md">
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('integrations.menu', { name })}>
              <Ellipsis size={18} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {isOdoo && (
              <Menu.Item
                leftSection={<PlugZap size={15} aria-hidden />}
                onClick={() => {
                  sync.reset();
                  test.mutate();
                }}
              >
                {t('integrations.test')}
              </Menu.Item>
            )}
            <Menu.Item leftSection={<Pencil size={15} aria-hidden />} onClick={onEdit}>
              {t('common.edit')}
            </Menu.Item>
            <Menu.Item leftSection={<Trash2 size={15} aria-hidden />} c="var(--mantine-color-error)" onClick={remove}>
              {t('common.delete')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
      {problem !== null && (
        <Alert
          role="alert"
          className={classes.form}
          variant="light"
          color="red"
          p="sm"
          icon={<CircleAlert size={18} aria-hidden />}
        >
          {t('integrations.failedNamed', { name, reason: say(problem) })}
        </Alert>
      )}
    </li>
  );
}

const problemOf = (error: unknown): string | null => (error ? messageOf(error) : null);

interface SyncBadgeProps {
  connection: Integration;
  isFailing: boolean;
}

function SyncBadge({ connection: { lastSyncAt, models }, isFailing }: SyncBadgeProps) {
  const { t } = useTranslation();
  if (lastSyncAt === null) {
    return (
      <Badge variant="light" color="yellow">
        {t('integrations.notSynced')}
      </Badge>
    );
  }
  return (
    <Badge variant="light" color={isFailing ? 'gray' : models.length > 0 ? 'teal' : 'yellow'}>
      {models.length > 0 ? t('integrations.models', { count: models.length }) : t('integrations.noModels')}
    </Badge>
  );
}

function Line({ connection: { type, credentials, description, lastSyncAt, createdAt } }: { connection: Integration }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const where = [URL.parse(credentials.url ?? '')?.host, credentials.db].filter(Boolean).join(' / ');
  const when =
    lastSyncAt === null
      ? t('integrations.addedAt', { date: formats.dateTime(createdAt) })
      : t(type === 'odoo' ? 'integrations.syncedAt' : 'integrations.checkedAt', { date: formats.dateTime(lastSyncAt) });
  return [where, when, description].filter(Boolean).join(' · ');
}
