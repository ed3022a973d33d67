import { ActionIcon, Badge, Group, Text } from '@mantine/core';
import { Pencil, Trash2 } from 'lucide-react';
import type { ListedPrice, ModelPrice, PricesAnswer } from '../../../../contract/prices.ts';
import { visibleText } from '../../../../contract/visible-text.ts';
import { useTranslation } from '../../../texts/language.ts';
import { askToConfirm } from '../../../ui/confirm.ts';
import { useFormats } from '../../../ui/formats.ts';
import { notifyDone } from '../../../ui/notify.ts';
import { Tooltip } from '../../../ui/tooltip.tsx';
import { useChangePrices } from './price-queries.ts';
import classes from './prices.module.css';
import { dollars, usePriceWords } from './use-price-words.ts';

export type PriceState = 'holdsNow' | 'holdsLater' | 'heldBefore';

interface PriceRowProps {
  price: ModelPrice;
  name: string;
  state: PriceState;
  listed: ListedPrice | undefined;
  known: PricesAnswer;
  onEdit: (price: ModelPrice) => void;
}

const kinds = ['input', 'output', 'cacheRead', 'cacheWrite'] as const;

export function PriceRow({ price, name, state, listed, known, onEdit }: PriceRowProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { priceOf } = usePriceWords();
  const changePrices = useChangePrices(known);
  const when = formats.dateTime(price.validFrom);
  const of = { name: `${name}, ${when}` };
  const remove = () =>
    askToConfirm({
      title: t('prices.deleteQuestion'),
      body: t('prices.deleteBody', { name, price: priceOf(price), when }),
      confirm: t('prices.delete'),
      danger: true,
      action: async () => {
        await changePrices(price, (others) => others);
        notifyDone(t('prices.deleted'));
      },
    });
  return (
    <li className={classes.row}>
      <div className={classes.text}>
        <Text fw={600}>{name}</Text>
        <Text size="sm" c="dimmed">
          {visibleText(price.model)}
        </Text>
        <Group gap="2px 8px" mt={2}>
          <Text size="sm">{t('prices.from', { when })}</Text>
          <Badge variant={state === 'holdsNow' ? 'light' : 'default'} size="sm">
            {t(`prices.${state}`)}
          </Badge>
          {!listed && (
            <Text size="sm" c="dimmed">
              {t('prices.notListed')}
            </Text>
          )}
        </Group>
      </div>
      <dl className={classes.figures}>
        {kinds.map((kind) => {
          const own = price[`${kind}PerMillion`];
          const list = listed?.[`${kind}PerMillion`];
          return (
            <div key={kind}>
              <dt>{t(`usage.${kind}`)}</dt>
              <dd>{own === undefined ? t('prices.asInput') : dollars(own)}</dd>
              {list !== undefined && <dd data-from="list">{t('prices.listPrice', { amount: dollars(list) })}</dd>}
            </div>
          );
        })}
      </dl>
      <Group gap={4} wrap="nowrap" className={classes.actions}>
        <Tooltip label={t('common.edit')}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t('prices.editOf', of)}
            onClick={() => onEdit(price)}
          >
            <Pencil size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t('prices.delete')}>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('prices.deleteOf', of)} onClick={remove}>
            <Trash2 size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Group>
    </li>
  );
}
