import { Badge, Button, Text } from '@mantine/core';
import { useId } from 'react';
import type { UnpricedModel } from '../../../../contract/prices.ts';
import { visibleText } from '../../../../contract/visible-text.ts';
import { useTranslation } from '../../../texts/language.ts';
import { useFormats } from '../../../ui/formats.ts';
import { Pages, usePages } from '../../../ui/pages.tsx';
import classes from './prices.module.css';
import { usePriceWords } from './use-price-words.ts';

/** What was used of late and costs nobody knows what. */
export function UnpricedModels({
  models,
  onSet,
}: {
  models: readonly UnpricedModel[];
  onSet: (model: string) => void;
}) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { nameOf } = usePriceWords();
  const pages = usePages(models, 5);
  const titleId = useId();
  return (
    <div className={classes.unpriced}>
      <Text fw={600} size="sm" id={titleId}>
        {t('prices.unpriced')}
      </Text>
      <ul className={classes.list} aria-labelledby={titleId}>
        {pages.shown.map(({ model, tokens, isFree }) => {
          const name = nameOf(model);
          return (
            <li key={model} className={classes.missing}>
              <div className={classes.text}>
                <Text fw={600}>{name}</Text>
                <Text size="sm" c="dimmed">
                  {visibleText(model)} · {t('budgets.tokens', { amount: formats.number(Number(tokens)) })}
                </Text>
                <Badge variant={isFree ? 'default' : 'light'} {...(!isFree && { color: 'orange' })} size="sm" mt={4}>
                  {t(isFree ? 'prices.free' : 'prices.heldBack')}
                </Badge>
              </div>
              <Button
                size="sm"
                variant="default"
                aria-label={t('prices.setPriceOf', { name })}
                onClick={() => onSet(model)}
              >
                {t('prices.setPrice')}
              </Button>
            </li>
          );
        })}
      </ul>
      <Pages {...pages} />
    </div>
  );
}
