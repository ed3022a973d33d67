import { Alert, Select, Stack, Switch, Text } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from '../../../texts/language.ts';
import type { AccessLevel, AgentIntegration, Integration } from '../../../../contract/integrations.ts';
import { TextLink } from '../../../ui/button-link.tsx';
import { IntegrationIcon } from '../../settings/integrations/integration-icon.tsx';
import { isToolOf } from '../../settings/integrations/integration-tools.ts';
import classes from '../agents.module.css';
import { type Grant, knownModels, modelsOf, operationOrder, withLevel } from './grant.ts';
import { ModelGrants } from './model-grants.tsx';
import { canUse } from './odoo-tools.ts';

const levels: readonly AccessLevel[] = ['read-only', 'read-write', 'full', 'custom'];

interface ConnectionGrantProps {
  integration: AgentIntegration;
  /** The connection itself; undefined when it was deleted meanwhile. */
  connection: Integration | undefined;
  grant: Grant;
  onChange: (grant: Grant) => void;
  tools: readonly string[];
}

/** One connection: whether the agent may use it, and for what. */
export function ConnectionGrant({ integration, connection, grant, onChange, tools }: ConnectionGrantProps) {
  const { t } = useTranslation();
  const { name, type } = integration;
  const id = useId();
  const hasTool = tools.some((tool) => isToolOf(type, tool));
  return (
    <div className={classes.connection}>
      <div className={classes.connectionHead}>
        <IntegrationIcon type={type} />
        <div style={{ flex: 1, minWidth: 0 }}>
          <Text fw={600} size="sm" component="label" htmlFor={id}>
            {name}
          </Text>
          <Text size="sm" c="dimmed" id={`${id}-about`} style={{ overflowWrap: 'anywhere' }}>
            {type === 'odoo'
              ? [connection?.version && `Odoo ${connection.version}`, connection?.description]
                  .filter(Boolean)
                  .join(' · ') || t('integrations.types.odoo')
              : t('integrations.searchAllowed')}
          </Text>
        </div>
        <Switch
          id={id}
          aria-label={t('integrations.allow', { name })}
          aria-describedby={`${id}-about`}
          checked={grant.enabled}
          onChange={(event) => onChange({ ...grant, enabled: event.currentTarget.checked })}
        />
      </div>
      {type === 'odoo' && grant.enabled && (
        <Stack className={classes.connectionBody} gap="md">
          {!hasTool && <Warning text={t('integrations.warnNoTools')} />}
          {connection && (
            <OdooGrant connection={connection} grant={grant} onChange={onChange} tools={hasTool ? tools : undefined} />
          )}
        </Stack>
      )}
    </div>
  );
}

interface OdooGrantProps {
  connection: Integration;
  grant: Grant;
  onChange: (grant: Grant) => void;
  /** Undefined while no tool is there at all, which is said already. */
  tools: readonly string[] | undefined;
}

function OdooGrant({ connection, grant, onChange, tools }: OdooGrantProps) {
  const { t, locale } = useTranslation();
  const known = knownModels(connection);
  if (!known) {
    return (
      <Text size="sm">
        {t('integrations.syncNeeded')}{' '}
        <TextLink to="/settings" search={{ section: 'integrations' }}>
          {t('integrations.sync')}
        </TextLink>
      </Text>
    );
  }
  const held = new Set(modelsOf(grant, known).flatMap(({ operations }) => operations));
  const useless = operationOrder.filter((operation) => tools && held.has(operation) && !canUse(operation, tools));
  return (
    <>
      <Select
        label={t('integrations.accessLevel')}
        description={t(`integrations.levelHints.${grant.accessLevel}`)}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data={levels.map((value) => ({ value, label: t(`integrations.levels.${value}`) }))}
        value={grant.accessLevel}
        onChange={(value) => value && onChange(withLevel(grant, value as AccessLevel, known))}
        allowDeselect={false}
        maw={320}
      />
      <ModelGrants grant={grant} known={known} onChange={onChange} />
      {useless.length > 0 && (
        <Warning
          text={t('integrations.warnNoToolFor', {
            operations: new Intl.ListFormat(locale).format(
              useless.map((operation) => t(`integrations.operations.${operation}`)),
            ),
          })}
        />
      )}
    </>
  );
}

function Warning({ text }: { text: string }) {
  return (
    <Alert color="yellow" variant="light" p="sm" icon={<TriangleAlert size={18} aria-hidden />}>
      {text}
    </Alert>
  );
}
