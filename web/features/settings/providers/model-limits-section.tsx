import { Badge, Button, Group, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useState } from 'react';
import type { ModelLimitsEntry } from '../../../../contract/providers.ts';
import { call } from '../../../api/client.ts';
import { useTranslation } from '../../../texts/language.ts';
import { QueryState } from '../../../ui/query-state.tsx';
import { Section } from '../../../ui/section.tsx';
import classes from '../settings.module.css';
import { ModelLimitsForm } from './model-limits-form.tsx';
import { providerOrder } from './provider-order.ts';
import { modelLimitsKey } from './provider-queries.ts';

/** A list of some hundred models is looked through by name. */
const shownAtFirst = 8;

/** What each model reads and writes at most, who says so, and what an admin says instead. */
export function ModelLimitsSection() {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: modelLimitsKey,
    queryFn: async ({ signal }) => (await call('listModelLimits', { signal })).models,
  });
  return (
    <Section title={t('settings.providers.limits.title')} description={t('settings.providers.limits.hint')}>
      <QueryState query={query} lines={4}>
        {(models) =>
          models.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('settings.providers.limits.none')}
            </Text>
          ) : (
            <ModelList models={models} />
          )
        }
      </QueryState>
    </Section>
  );
}

function ModelList({ models }: { models: ModelLimitsEntry[] }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [showsAll, setShowsAll] = useState(false);
  const [open, setOpen] = useState<string | null>(null);
  const wanted = text.trim().toLowerCase();
  const found = models
    .filter(({ model, displayName }) => `${model} ${displayName}`.toLowerCase().includes(wanted))
    .toSorted((left, right) => rankOf(left) - rankOf(right));
  const shown = showsAll || wanted !== '' ? found : found.slice(0, shownAtFirst);
  return (
    <>
      {models.length > shownAtFirst && (
        <TextInput
          aria-label={t('settings.providers.limits.search')}
          placeholder={t('settings.providers.limits.search')}
          leftSection={<Search size={16} aria-hidden />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          mb="xs"
        />
      )}
      <ul className={classes.list}>
        {shown.map((entry) => (
          <ModelRow
            key={entry.model}
            entry={entry}
            isOpen={open === entry.model}
            onOpen={() => setOpen(entry.model)}
            onClose={() => setOpen(null)}
          />
        ))}
      </ul>
      {found.length === 0 && (
        <Text size="sm" c="dimmed" role="status">
          {t('settings.providers.limits.nothingFound', { text: text.trim() })}
        </Text>
      )}
      {shown.length < found.length && (
        <Button size="sm" variant="default" mt="xs" onClick={() => setShowsAll(true)}>
          {t('settings.providers.limits.showAll', { count: found.length })}
        </Button>
      )}
    </>
  );
}

/** What somebody decided comes first, then what nobody knows. */
function rankOf({ contextWindow, maxOutput }: ModelLimitsEntry): number {
  if (contextWindow.set !== null || maxOutput.set !== null) return 0;
  return contextWindow.known === null ? 1 : 2;
}

interface ModelRowProps {
  entry: ModelLimitsEntry;
  isOpen: boolean;
  onOpen: () => void;
  onClose: () => void;
}

function ModelRow({ entry, isOpen, onOpen, onClose }: ModelRowProps) {
  const { t } = useTranslation();
  const { model, displayName, isListed, contextWindow, maxOutput } = entry;
  const isSet = contextWindow.set !== null || maxOutput.set !== null;
  const provider = providerOrder.find((known) => model.startsWith(`${known}/`));
  return (
    <li className={classes.row}>
      <div className={classes.rowText}>
        <Group gap="xs">
          <Text fw={600}>{displayName}</Text>
          {isSet && (
            <Badge variant="light" color="blue">
              {t('settings.providers.limits.isSet')}
            </Badge>
          )}
          {!isListed && (
            <Badge variant="light" color="gray">
              {t('settings.providers.limits.isUnlisted')}
            </Badge>
          )}
        </Group>
        <Text size="sm" c="dimmed">
          {provider && t(`providers.${provider}.name`)}
        </Text>
        <Text size="sm" component="dl" m={0} mt={4}>
          <Limit
            name={t('settings.providers.limits.window')}
            limit={contextWindow}
            unknown={t('settings.providers.limits.unknown')}
          />
          <Limit
            name={t('settings.providers.limits.output')}
            limit={maxOutput}
            unknown={t('settings.providers.limits.outputUnknown')}
          />
        </Text>
      </div>
      {!isOpen && (
        <Button
          size="sm"
          variant="default"
          onClick={onOpen}
          aria-label={t('settings.providers.limits.changeOf', { name: displayName })}
        >
          {t('settings.providers.limits.change')}
        </Button>
      )}
      {isOpen && (
        <div className={classes.form}>
          <ModelLimitsForm entry={entry} onDone={onClose} />
        </div>
      )}
    </li>
  );
}

interface LimitProps {
  name: string;
  limit: ModelLimitsEntry['contextWindow'];
  unknown: string;
}

function Limit({ name, limit: { known, source, set }, unknown }: LimitProps) {
  const { t } = useTranslation();
  const tokens = (count: number) => t('settings.providers.limits.tokens', { tokens: count });
  const origin =
    set === null
      ? source && t(`settings.providers.limits.from.${source}`)
      : known === null
        ? t('settings.providers.limits.from.set')
        : t('settings.providers.limits.from.setOver', { tokens: tokens(known) });
  const value = set ?? known;
  return (
    <div className={classes.fact}>
      <dt>{name}: </dt>
      <dd>
        {value === null ? unknown : tokens(value)}
        {origin && (
          <Text span inherit c="dimmed">
            {` (${origin})`}
          </Text>
        )}
      </dd>
    </div>
  );
}
