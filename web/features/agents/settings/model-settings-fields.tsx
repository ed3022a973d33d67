import { NumberInput, Select, SimpleGrid } from '@mantine/core';
import type { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import type { Agent } from '../../../../contract/agents.ts';
import {
  maxTemperature,
  type ModelSettings,
  outputTokenRange,
  reasoningEfforts,
} from '../../../../contract/model-settings.ts';
import { call } from '../../../api/client.ts';
import { useTranslation } from '../../../texts/language.ts';
import { decimalSign } from '../../../ui/decimal-sign.ts';
import { ModelChoice } from '../model-select.tsx';

export interface ModelSettingsValues {
  fallbackModel: string | null;
  reasoningEffort: ModelSettings['reasoningEffort'];
  /** An empty field gives up an empty text. */
  temperature: number | string;
  maxOutputTokens: number | string;
}

export const modelSettingsValues = (agent: Agent): ModelSettingsValues => ({
  fallbackModel: agent.fallbackModel,
  reasoningEffort: agent.reasoningEffort,
  temperature: agent.temperature ?? '',
  maxOutputTokens: agent.maxOutputTokens ?? '',
});

const numberOf = (value: number | string) => (value === '' ? null : Number(value));

/** The agent's own model, which may have been chosen since, is no fallback. */
export const modelSettingsBody = (values: ModelSettingsValues, model: string | null) => ({
  fallbackModel: values.fallbackModel === model ? null : values.fallbackModel,
  reasoningEffort: values.reasoningEffort,
  temperature: numberOf(values.temperature),
  maxOutputTokens: numberOf(values.maxOutputTokens),
});

type Form = ReturnType<typeof useForm<ModelSettingsValues>>;

interface ModelSettingsFieldsProps {
  model: string | null;
  form: { getInputProps(field: keyof ModelSettingsValues): ReturnType<Form['getInputProps']> };
}

/** How the model is asked, and which one answers when it does not. An OpenClaw Gateway asks models in its own way. */
export function ModelSettingsFields({ model, form }: ModelSettingsFieldsProps) {
  const { t, locale } = useTranslation();
  const { data: runtime } = useQuery({ queryKey: ['runtime'], queryFn: () => call('runtimeHealth'), retry: false });
  if (runtime?.mode !== 'native') return null;
  const fallback = form.getInputProps('fallbackModel');
  return (
    <>
      <ModelChoice
        label={t('agents.fallbackModel')}
        description={t('agents.fallbackHint')}
        placeholder={t('agents.fallbackNone')}
        clearable
        without={model}
        {...fallback}
        value={fallback.value === model ? null : fallback.value}
      />
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="md">
        <Select
          label={t('agents.effort')}
          description={t('agents.effortHint')}
          placeholder={t('agents.modelDecides')}
          clearable
          data={reasoningEfforts.map((effort) => ({ value: effort, label: t(`agents.efforts.${effort}`) }))}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          {...form.getInputProps('reasoningEffort')}
        />
        <NumberInput
          label={t('agents.temperature')}
          description={t('agents.temperatureHint')}
          placeholder={t('agents.modelDecides')}
          min={0}
          max={maxTemperature}
          step={0.1}
          decimalScale={2}
          decimalSeparator={decimalSign(locale)}
          allowedDecimalSeparators={['.', ',']}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          {...form.getInputProps('temperature')}
        />
        <NumberInput
          label={t('agents.maxOutput')}
          description={t('agents.maxOutputHint')}
          placeholder={t('agents.modelDecides')}
          min={outputTokenRange.min}
          max={outputTokenRange.max}
          step={1_024}
          allowDecimal={false}
          thousandSeparator=" "
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          {...form.getInputProps('maxOutputTokens')}
        />
      </SimpleGrid>
    </>
  );
}
