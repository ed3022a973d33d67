import { useQuery } from '@tanstack/react-query';
import type { ListedPrice } from '../../../../contract/prices.ts';
import { visibleText } from '../../../../contract/visible-text.ts';
import { useTranslation } from '../../../texts/language.ts';
import { formatExactMoney } from '../../../ui/money.ts';
import { modelsQuery } from '../../agents/agent-queries.ts';

/** How prices are told: what people know a model as, and what it costs. */
export function usePriceWords() {
  const { t } = useTranslation();
  const { data: offered = [] } = useQuery(modelsQuery);
  const nameOf = (model: string): string =>
    offered.find(({ id }) => id === model)?.displayName ?? visibleText(model.slice(model.indexOf('/') + 1));
  return {
    nameOf,
    /** In one line. */
    priceOf: ({ inputPerMillion, outputPerMillion }: Pick<ListedPrice, 'inputPerMillion' | 'outputPerMillion'>) =>
      outputPerMillion === undefined
        ? t('prices.inputOnly', { input: dollars(inputPerMillion) })
        : t('prices.both', { input: dollars(inputPerMillion), output: dollars(outputPerMillion) }),
  };
}

export const dollars = (amount: string): string => formatExactMoney(Number(amount));
