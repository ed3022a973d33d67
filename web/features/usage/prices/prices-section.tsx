import { Button, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { ModelPrice, PricesAnswer } from '../../../../contract/prices.ts';
import { useTranslation } from '../../../texts/language.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Pages, usePages } from '../../../ui/pages.tsx';
import { keepInViewIfLinked } from '../../../ui/keep-in-view.ts';
import { QueryState } from '../../../ui/query-state.tsx';
import { Section } from '../../../ui/section.tsx';
import { type Edited, PriceDialog } from './price-dialog.tsx';
import { pricesQuery } from './price-queries.ts';
import { PriceRow, type PriceState } from './price-row.tsx';
import classes from './prices.module.css';
import { UnpricedModels } from './unpriced-models.tsx';
import { usePriceWords } from './use-price-words.ts';

/** What the organisation pays for models, beside what the list says; what has no price comes first. */
export default function PricesSection() {
  const { t } = useTranslation();
  const query = useQuery(pricesQuery);
  const [edited, setEdited] = useState<Edited>();
  return (
    <Section
      title={t('prices.title')}
      description={t('prices.hint')}
      actions={
        <Button
          variant="default"
          leftSection={<Plus size={16} aria-hidden />}
          disabled={!query.data}
          onClick={() => setEdited({})}
        >
          {t('prices.add')}
        </Button>
      }
    >
      <QueryState query={query}>
        {(found) => (
          <Stack gap="md" ref={showIfAsked}>
            {found.unpriced.length > 0 && (
              <UnpricedModels models={found.unpriced} onSet={(model) => setEdited({ model })} />
            )}
            {found.prices.length > 0 && (
              <div>
                {found.unpriced.length > 0 && (
                  <Text fw={600} size="sm">
                    {t('prices.list')}
                  </Text>
                )}
                <OwnPrices found={found} onEdit={(price) => setEdited({ price })} />
              </div>
            )}
            {found.prices.length === 0 && found.unpriced.length === 0 && (
              <EmptyState picture="usage" title={t('prices.none')}>
                {t('prices.noneBody')}
              </EmptyState>
            )}
          </Stack>
        )}
      </QueryState>
      {edited && query.data && <PriceDialog edited={edited} known={query.data} onClose={() => setEdited(undefined)} />}
    </Section>
  );
}

/** Where a link to the prices leads, once there is something to see. */
const showIfAsked = (shown: HTMLElement | null) => keepInViewIfLinked('prices', shown?.closest('section'));

function OwnPrices({ found, onEdit }: { found: PricesAnswer; onEdit: (price: ModelPrice) => void }) {
  const { t } = useTranslation();
  const { nameOf } = usePriceWords();
  const states = statesOf(found.prices);
  const named = found.prices.map((price) => ({ price, name: nameOf(price.model), state: states.get(price)! }));
  // Of each model the latest first, as they come.
  const pages = usePages(
    named.toSorted((left, right) => left.name.localeCompare(right.name)),
    20,
  );
  return (
    <div>
      <ul className={classes.list} aria-label={t('prices.list')}>
        {pages.shown.map(({ price, name, state }) => (
          <PriceRow
            key={`${price.model} ${price.validFrom}`}
            {...{ price, name, state, known: found, onEdit }}
            listed={found.listed.find(({ model }) => model === price.model)}
          />
        ))}
      </ul>
      <Pages {...pages} />
    </div>
  );
}

/** The latest price of a model that has begun holds now. They come with the latest of each model first. */
function statesOf(prices: readonly ModelPrice[], now = Date.now()): Map<ModelPrice, PriceState> {
  const holding = new Set<string>();
  return new Map(
    prices.map((price) => {
      if (Date.parse(price.validFrom) > now) return [price, 'holdsLater'];
      const state = holding.has(price.model) ? 'heldBefore' : 'holdsNow';
      holding.add(price.model);
      return [price, state];
    }),
  );
}
