import { Button, Group, NumberInput, SimpleGrid, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { tokenLimits } from '../../../../contract/limits.ts';
import type { ModelLimitsEntry } from '../../../../contract/providers.ts';
import { call } from '../../../api/client.ts';
import { useTranslation } from '../../../texts/language.ts';
import { showFieldErrors } from '../../../ui/field-errors.ts';
import { FormAlert } from '../../../ui/form-alert.tsx';
import { useFormats } from '../../../ui/formats.ts';
import { notifyDone } from '../../../ui/notify.ts';
import { modelLimitsKey } from './provider-queries.ts';

interface ModelLimitsFormProps {
  entry: ModelLimitsEntry;
  onDone: () => void;
}

/** An empty field gives up an empty text, and means what is known. */
const tokensOf = (value: number | string) => (value === '' ? null : Number(value));

export function ModelLimitsForm({ entry, onDone }: ModelLimitsFormProps) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const queryClient = useQueryClient();
  const [problem, setProblem] = useState<string | null>(null);
  const { model, displayName: name } = entry;
  const form = useForm<{ contextWindow: number | string; maxOutput: number | string }>({
    initialValues: { contextWindow: entry.contextWindow.set ?? '', maxOutput: entry.maxOutput.set ?? '' },
    validate: {
      contextWindow: (value) => outOf(tokenLimits.window, tokensOf(value)),
      maxOutput: (value, { contextWindow }) => {
        const output = tokensOf(value);
        const window = tokensOf(contextWindow) ?? entry.contextWindow.known;
        const doesNotFit = output !== null && window !== null && output >= window;
        return outOf(tokenLimits.output, output) ?? (doesNotFit ? t('settings.providers.limits.outputFits') : null);
      },
    },
  });
  function outOf({ min, max }: { min: number; max: number }, tokens: number | null): string | null {
    if (tokens === null || (Number.isInteger(tokens) && tokens >= min && tokens <= max)) return null;
    return t('settings.providers.limits.windowRange', { min: number(min), max: number(max) });
  }
  const save = async (values: { contextWindow: number | null; maxOutput: number | null }) => {
    setProblem(null);
    try {
      await call('putModelLimits', { body: { model, ...values } });
      await queryClient.invalidateQueries({ queryKey: modelLimitsKey });
      const isReset = values.contextWindow === null && values.maxOutput === null;
      notifyDone(t(`settings.providers.limits.${isReset ? 'wasReset' : 'saved'}`, { name }));
      onDone();
    } catch (error) {
      setProblem(showFieldErrors(form, error));
    }
  };
  const submit = form.onSubmit(({ contextWindow, maxOutput }) =>
    save({ contextWindow: tokensOf(contextWindow), maxOutput: tokensOf(maxOutput) }),
  );
  const isSet = entry.contextWindow.set !== null || entry.maxOutput.set !== null;
  const field = {
    min: 0,
    allowDecimal: false,
    allowNegative: false,
    thousandSeparator: ' ',
    step: 1_024,
    hideControls: true,
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <FormAlert message={problem} />
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          <NumberInput
            label={t('settings.providers.limits.window')}
            description={t('settings.providers.limits.windowHint')}
            placeholder={entry.contextWindow.known === null ? '' : number(entry.contextWindow.known)}
            data-autofocus
            {...field}
            {...form.getInputProps('contextWindow')}
          />
          <NumberInput
            label={t('settings.providers.limits.output')}
            description={t('settings.providers.limits.outputHint')}
            placeholder={entry.maxOutput.known === null ? '' : number(entry.maxOutput.known)}
            {...field}
            {...form.getInputProps('maxOutput')}
          />
        </SimpleGrid>
        <Group>
          <Button type="submit" size="sm" loading={form.submitting}>
            {t('settings.providers.limits.save')}
          </Button>
          <Button size="sm" variant="default" onClick={onDone}>
            {t('common.cancel')}
          </Button>
          {isSet && (
            <Button
              size="sm"
              variant="subtle"
              color="gray"
              aria-label={t('settings.providers.limits.resetOf', { name })}
              onClick={() => void save({ contextWindow: null, maxOutput: null })}
            >
              {t('settings.providers.limits.reset')}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}
