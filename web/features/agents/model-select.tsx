import { Alert, Select, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from '../../texts/language.ts';
import type { Model } from '../../../contract/providers.ts';
import { TextLink } from '../../ui/button-link.tsx';
import { useIsAdmin } from '../session/session-queries.ts';
import { providerOrder } from '../settings/providers/provider-order.ts';
import { modelsQuery } from './agent-queries.ts';

interface ModelSelectProps {
  value: string | null;
  onChange: (model: string | null) => void;
  error?: string | undefined;
  /** Whether empty stands for the default model. */
  allowsDefault?: boolean;
}

interface ModelChoiceProps extends Omit<ModelSelectProps, 'allowsDefault'> {
  label: string;
  description: string;
  /** What empty stands for. */
  placeholder: string;
  clearable: boolean;
  /** The model that is no choice. */
  without?: string | null;
}

/** The models of all connected providers, grouped by provider. */
export function ModelSelect({ value, onChange, error, allowsDefault = false }: ModelSelectProps) {
  const { t } = useTranslation();
  const isAdmin = useIsAdmin();
  const { data: models = [], isPending, isError } = useQuery(modelsQuery);
  const chosen = models.find((model) => model.id === value);
  if (!isPending && !isError && models.length === 0) {
    return (
      <Alert color="yellow" variant="light" title={t('agents.model')}>
        {t('agents.noModels')}{' '}
        {isAdmin && (
          <TextLink to="/settings" search={{ section: 'providers' }}>
            {t('agents.noModelsAction')}
          </TextLink>
        )}
      </Alert>
    );
  }
  return (
    <div>
      <ModelChoice
        label={t('agents.model')}
        description={allowsDefault ? `${t('agents.modelHint')} ${t('agents.modelDefaultHint')}` : t('agents.modelHint')}
        placeholder={t('agents.modelDefault')}
        clearable={allowsDefault}
        {...{ value, onChange, error }}
      />
      {chosen && !chosen.toolUse && (
        <Text size="sm" mt={6} c="dimmed">
          {t('agents.modelNoToolsWarning')}
        </Text>
      )}
    </div>
  );
}

/** One of the models, or none. */
export function ModelChoice({ without, value, ...field }: ModelChoiceProps) {
  const { t } = useTranslation();
  const { data: models = [], isPending } = useQuery(modelsQuery);
  return (
    <Select
      data={optionsOf(
        models.filter(({ id }) => id !== without),
        value,
        {
          nameOf: (provider) => t(`providers.${provider}.name`),
          noTools: t('agents.modelNoTools'),
          gone: t('agents.modelGone'),
        },
      )}
      value={value}
      searchable
      allowDeselect={false}
      nothingFoundMessage={t('agents.modelSearch')}
      disabled={isPending}
      maxDropdownHeight={320}
      {...field}
    />
  );
}

interface OptionTexts {
  nameOf: (provider: Model['provider']) => string;
  noTools: string;
  gone: string;
}

function optionsOf(models: readonly Model[], current: string | null, texts: OptionTexts) {
  const groups = providerOrder
    .map((provider) => ({
      group: texts.nameOf(provider),
      items: models
        .filter((model) => model.provider === provider)
        .map(({ id, displayName, toolUse }) => ({
          value: id,
          label: toolUse ? displayName : `${displayName} (${texts.noTools})`,
        })),
    }))
    .filter(({ items }) => items.length > 0);
  const isKnown = current === null || models.some((model) => model.id === current);
  // A model that its provider has withdrawn still shows, so that nobody wonders what is set.
  return isKnown ? groups : [{ group: texts.gone, items: [{ value: current, label: current }] }, ...groups];
}
