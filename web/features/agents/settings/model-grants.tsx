import { ActionIcon, Checkbox, Group, Select, Stack, Text } from '@mantine/core';
import { X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '../../../texts/language.ts';
import type { Operation } from '../../../../contract/integrations.ts';
import classes from '../agents.module.css';
import {
  type Grant,
  isPossible,
  type KnownModels,
  modelsOf,
  operationOrder,
  refusedByOdoo,
  withModel,
  withOperations,
  withoutModel,
} from './grant.ts';

/** An Odoo has hundreds of models; more are found by typing. */
const offered = 60;

interface ModelGrantsProps {
  grant: Grant;
  known: NonNullable<KnownModels>;
  onChange: (grant: Grant) => void;
}

/** The models that an agent may use, with what it may do with each. */
export function ModelGrants({ grant, known, onChange }: ModelGrantsProps) {
  const { t } = useTranslation();
  const [search, setSearch] = useState('');
  const chosen = modelsOf(grant, known);
  const others = [...known.values()].filter(({ model }) => !chosen.some((row) => row.model === model));
  return (
    <Stack gap="xs">
      <Text size="sm" fw={550}>
        {t('integrations.modelsTitle')}
      </Text>
      {chosen.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('integrations.modelsNone')}
        </Text>
      ) : (
        <ul className={classes.models}>
          {chosen.map(({ model, operations }) => (
            <ModelRow
              key={model}
              model={model}
              operations={operations}
              grant={grant}
              known={known}
              onChange={onChange}
            />
          ))}
        </ul>
      )}
      <Select
        aria-label={t('integrations.modelsAdd')}
        placeholder={t('integrations.modelsSearch')}
        data={others
          .toSorted((left, right) => left.name.localeCompare(right.name))
          .map(({ model, name }) => ({ value: model, label: `${name} (${model})` }))}
        value={null}
        onChange={(model) => {
          if (model) onChange(withModel(grant, model, known));
          setSearch('');
        }}
        searchable
        searchValue={search}
        onSearchChange={setSearch}
        limit={offered}
        nothingFoundMessage={t('integrations.modelsNothing')}
        maxDropdownHeight={280}
      />
    </Stack>
  );
}

interface ModelRowProps extends ModelGrantsProps {
  model: string;
  /** What holds. */
  operations: readonly Operation[];
}

function ModelRow({ model, operations, grant, known, onChange }: ModelRowProps) {
  const { t, locale } = useTranslation();
  const found = known.get(model);
  const name = found?.name ?? model;
  const listOf = (list: readonly Operation[]) =>
    new Intl.ListFormat(locale, { type: 'unit' }).format(
      list.map((operation) => t(`integrations.operations.${operation}`)),
    );
  const refused = found ? refusedByOdoo(grant, known, model) : [];
  return (
    <li className={classes.model}>
      <div className={classes.modelText}>
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {name}{' '}
          <Text span size="xs" c="dimmed">
            {found ? <span translate="no">{model}</span> : t('integrations.modelGone')}
            {found?.fields !== undefined && ` · ${t('integrations.fields', { count: found.fields })}`}
          </Text>
          {refused.length > 0 && (
            <Text span size="xs" c="dimmed" display="block">
              {t('integrations.notByOdoo', { operations: listOf(refused) })}
            </Text>
          )}
        </Text>
        {grant.accessLevel === 'custom' ? (
          <Checkbox.Group
            aria-label={t('integrations.operationsOf', { model: name })}
            value={[...operations]}
            onChange={(values) =>
              onChange(
                withOperations(
                  grant,
                  model,
                  operationOrder.filter((operation) => values.includes(operation)),
                ),
              )
            }
          >
            <Group gap="sm">
              {operationOrder.map((operation) => {
                const isOffered = isPossible(known, model, operation);
                return (
                  <Checkbox
                    key={operation}
                    size="xs"
                    value={operation}
                    label={t(`integrations.operations.${operation}`)}
                    disabled={!isOffered}
                    title={isOffered ? undefined : t('integrations.notByOdooAt')}
                  />
                );
              })}
            </Group>
          </Checkbox.Group>
        ) : (
          <Text size="sm" c="dimmed">
            {listOf(operations)}
          </Text>
        )}
      </div>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('integrations.modelRemove', { model: name })}
        onClick={() => onChange(withoutModel(grant, model))}
      >
        <X size={16} aria-hidden />
      </ActionIcon>
    </li>
  );
}
