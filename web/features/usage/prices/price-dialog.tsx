import { Select, SimpleGrid, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { hashKey, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ModelPrice, PricesAnswer } from '../../../../contract/prices.ts';
import { useTranslation } from '../../../texts/language.ts';
import { FormAlert } from '../../../ui/form-alert.tsx';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { notifyDone } from '../../../ui/notify.ts';
import { useFormSubmit } from '../../../ui/use-form-submit.ts';
import { modelsQuery } from '../../agents/agent-queries.ts';
import { providerOrder } from '../../settings/providers/provider-order.ts';
import { decimalOf, localMoment, textOfDecimal } from '../amounts.ts';
import { isSamePrice, useChangePrices } from './price-queries.ts';
import { usePriceWords } from './use-price-words.ts';

/** A price that is changed, or a new one, of a model that may be chosen already. */
export interface Edited {
  price?: ModelPrice;
  model?: string;
}

interface PriceDialogProps {
  edited: Edited;
  known: PricesAnswer;
  onClose: () => void;
}

/** Adds a price, or changes what it says and from when on; whose it is stays. */
export function PriceDialog({ edited: { price, model }, known, onClose }: PriceDialogProps) {
  const { t, locale } = useTranslation();
  const { nameOf, priceOf } = usePriceWords();
  const changePrices = useChangePrices(known);
  const models = useModels(known);
  const [shownFrom] = useState(() => localMoment(price ? new Date(price.validFrom) : new Date()));
  /** Of a price whose moment was not touched that moment, seconds included. */
  const momentOf = (typed: string): string | undefined => {
    if (price && typed === shownFrom) return price.validFrom;
    const moment = new Date(typed);
    const year = moment.getFullYear();
    return year >= 2000 && year < 2100 ? moment.toISOString() : undefined;
  };
  const isMissing = (typed: string) => (decimalOf(typed, locale) === undefined ? t('prices.amountMissing') : null);
  const shown = (decimal: string | undefined) => (decimal === undefined ? '' : textOfDecimal(decimal, locale));
  const form = useForm({
    initialValues: {
      model: price?.model ?? model ?? null,
      inputPerMillion: shown(price?.inputPerMillion),
      outputPerMillion: shown(price?.outputPerMillion),
      cacheReadPerMillion: shown(price?.cacheReadPerMillion),
      cacheWritePerMillion: shown(price?.cacheWritePerMillion),
      validFrom: shownFrom,
    },
    validate: {
      model: (chosen) => (chosen === null ? t('prices.modelMissing') : null),
      inputPerMillion: isMissing,
      outputPerMillion: isMissing,
      cacheReadPerMillion: (typed) => (typed.trim() === '' ? null : isMissing(typed)),
      cacheWritePerMillion: (typed) => (typed.trim() === '' ? null : isMissing(typed)),
      validFrom: (typed, { model: chosen }) => {
        const validFrom = momentOf(typed);
        if (validFrom === undefined) return t('prices.validFromMissing');
        const others = known.prices.filter((other) => !price || !isSamePrice(other, price));
        const isTaken = chosen !== null && others.some((other) => isSamePrice(other, { model: chosen, validFrom }));
        return isTaken ? t('prices.taken') : null;
      },
    },
  });
  const { submit, problem } = useFormSubmit(form, async (values) => {
    const [cacheRead, cacheWrite] = [
      decimalOf(values.cacheReadPerMillion, locale),
      decimalOf(values.cacheWritePerMillion, locale),
    ];
    const changed: ModelPrice = {
      model: values.model!,
      inputPerMillion: decimalOf(values.inputPerMillion, locale)!,
      outputPerMillion: decimalOf(values.outputPerMillion, locale)!,
      ...(cacheRead !== undefined && { cacheReadPerMillion: cacheRead }),
      ...(cacheWrite !== undefined && { cacheWritePerMillion: cacheWrite }),
      validFrom: momentOf(values.validFrom)!,
    };
    await changePrices(price, (others) => [...others, changed]);
    notifyDone(t('prices.saved'));
    onClose();
  });
  const listed = known.listed.find((other) => other.model === form.values.model);
  const amount = { inputMode: 'decimal', description: t('prices.unit') } as const;
  const cacheAmount = { ...amount, description: t('prices.cacheHint') };
  return (
    <FormDialog
      onClose={onClose}
      title={price ? `${t('prices.editTitle')}: ${nameOf(price.model)}` : t('prices.addTitle')}
      submitLabel={t('common.save')}
      submitting={form.submitting}
      onSubmit={submit}
    >
      <FormAlert message={problem} />
      {price && <WhatIsNow shown={price} known={known} />}
      {!price && (
        <Select
          label={t('usage.model')}
          placeholder={t('prices.choose')}
          data={models}
          searchable
          allowDeselect={false}
          maxDropdownHeight={320}
          {...form.getInputProps('model')}
        />
      )}
      {listed && (
        <Text size="sm" c="dimmed">
          {t('prices.listSays', { price: priceOf(listed) })}
        </Text>
      )}
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput
          label={t('usage.input')}
          {...amount}
          {...((price ?? model) && { 'data-autofocus': true })}
          {...form.getInputProps('inputPerMillion')}
        />
        <TextInput label={t('usage.output')} {...amount} {...form.getInputProps('outputPerMillion')} />
        <TextInput label={t('usage.cacheRead')} {...cacheAmount} {...form.getInputProps('cacheReadPerMillion')} />
        <TextInput label={t('usage.cacheWrite')} {...cacheAmount} {...form.getInputProps('cacheWritePerMillion')} />
      </SimpleGrid>
      <TextInput
        type="datetime-local"
        label={t('prices.validFrom')}
        description={t('prices.validFromHint')}
        {...form.getInputProps('validFrom')}
      />
    </FormDialog>
  );
}

/** Of a price that somebody else changes while the dialog is open. */
function WhatIsNow({ shown, known }: { shown: ModelPrice; known: PricesAnswer }) {
  const { t } = useTranslation();
  const { priceOf } = usePriceWords();
  const now = known.prices.find((other) => isSamePrice(other, shown));
  if (now && hashKey([now]) === hashKey([shown])) return null;
  return <Text size="sm">{now ? t('prices.nowSays', { price: priceOf(now) }) : t('prices.nowGone')}</Text>;
}

/** What may be chosen, by provider: models that are offered, in use, or have a price. */
function useModels({ prices, listed, unpriced }: PricesAnswer) {
  const { t } = useTranslation();
  const { nameOf } = usePriceWords();
  const { data: offered = [] } = useQuery(modelsQuery);
  const ids = new Set([
    ...offered.map(({ id }) => id),
    ...[...prices, ...listed, ...unpriced].map(({ model }) => model),
  ]);
  return providerOrder
    .map((provider) => ({
      group: t(`providers.${provider}.name`),
      items: [...ids]
        .filter((id) => id.startsWith(`${provider}/`))
        .map((id) => ({ value: id, label: nameOf(id) }))
        .toSorted((left, right) => left.label.localeCompare(right.label)),
    }))
    .filter(({ items }) => items.length > 0);
}
