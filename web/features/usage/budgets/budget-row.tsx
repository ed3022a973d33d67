import { ActionIcon, Badge, Button, Group, Progress, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Pencil, Trash2, TrendingUp } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { Budget } from '../../../../contract/budgets.ts';
import { call } from '../../../api/client.ts';
import { useTranslation } from '../../../texts/language.ts';
import { askToConfirm } from '../../../ui/confirm.ts';
import { useFormats } from '../../../ui/formats.ts';
import { notifyDone } from '../../../ui/notify.ts';
import { Tooltip } from '../../../ui/tooltip.tsx';
import { budgetsQuery } from './budget-queries.ts';
import classes from './budgets.module.css';
import { useBudgetWords } from './use-budget-words.ts';

interface BudgetRowProps {
  budget: Budget;
  onEdit: (budget: Budget) => void;
  onRaise: (budget: Budget) => void;
}

export function BudgetRow({ budget, onEdit, onRaise }: BudgetRowProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const queryClient = useQueryClient();
  const { amountOf, shortOf, nameOf, limitOf } = useBudgetWords();
  const { id, unit, action, spent, reserved, resetsAt, raise, warnAtPercent } = budget;
  const allowed = Number(raise?.amount ?? budget.amount);
  const spentPercent = (Number(spent) / allowed) * 100;
  const state = spentPercent >= 100 ? 'usedUp' : spentPercent >= warnAtPercent ? 'nearly' : 'open';
  const name = nameOf(budget);
  const endRaise = () =>
    askToConfirm({
      title: t('budgets.endRaiseQuestion'),
      body: t('budgets.endRaiseBody', { name, limit: limitOf(budget) }),
      confirm: t('budgets.endRaise'),
      danger: false,
      action: async () => {
        await call('updateBudget', { params: { id }, body: { raise: null } });
        await queryClient.invalidateQueries({ queryKey: budgetsQuery.queryKey });
        notifyDone(t('budgets.raiseEnded'));
      },
    });
  const remove = () =>
    askToConfirm({
      title: t('budgets.deleteQuestion'),
      body: t('budgets.deleteBody', { name, limit: limitOf(budget) }),
      confirm: t('common.delete'),
      danger: true,
      action: async () => {
        await call('deleteBudget', { params: { id } });
        await queryClient.invalidateQueries({ queryKey: budgetsQuery.queryKey });
        notifyDone(t('budgets.deleted'));
      },
    });
  return (
    <li className={classes.row}>
      <div className={classes.text}>
        <div className={classes.head}>
          <Text fw={600}>{name}</Text>
          <Text size="sm">{limitOf(budget)}</Text>
          <Badge variant="default" size="sm">
            {t(action === 'block' ? 'budgets.blocks' : 'budgets.warns')}
          </Badge>
          {state !== 'open' && (
            <Badge variant="light" color="orange" size="sm">
              {t(`budgets.${state}`)}
            </Badge>
          )}
        </div>
        <Bar
          spent={spentPercent}
          reserved={(Number(reserved) / allowed) * 100}
          isTight={state !== 'open'}
          name={name}
        />
        <div className={classes.figures}>
          <Text size="sm">
            {t('budgets.spentOf', {
              spent: shortOf(unit, spent),
              amount: amountOf(unit, raise?.amount ?? budget.amount),
            })}
          </Text>
          {Number(reserved) > 0 && (
            <Text size="sm" c="dimmed">
              {t('budgets.reserved', { amount: amountOf(unit, reserved) })}
            </Text>
          )}
          <Text size="sm" c="dimmed">
            {t('budgets.resets', { when: formats.dateTime(resetsAt) })}
          </Text>
        </div>
        {raise && (
          <Group gap="2px 12px">
            <Text size="sm" c="dimmed">
              {t('budgets.raisedUntil', {
                amount: amountOf(unit, raise.amount),
                when: formats.dateTime(raise.until),
                reason: raise.reason,
              })}
            </Text>
            <Button
              size="compact-xs"
              variant="default"
              aria-label={t('budgets.endRaiseOf', { name })}
              onClick={endRaise}
            >
              {t('budgets.endRaise')}
            </Button>
          </Group>
        )}
      </div>
      <Group gap={4} wrap="nowrap">
        <Action
          icon={TrendingUp}
          tip={t('budgets.raise')}
          label={t('budgets.raiseOf', { name })}
          onClick={() => onRaise(budget)}
        />
        <Action
          icon={Pencil}
          tip={t('common.edit')}
          label={t('budgets.editOf', { name })}
          onClick={() => onEdit(budget)}
        />
        <Action icon={Trash2} tip={t('common.delete')} label={t('budgets.deleteOf', { name })} onClick={remove} />
      </Group>
    </li>
  );
}

/** Never longer than the whole. */
function Bar({ spent, reserved, isTight, name }: { spent: number; reserved: number; isTight: boolean; name: string }) {
  const shown = Math.min(100, spent);
  return (
    <Progress.Root size="md" my={8}>
      <Progress.Section value={shown} {...(isTight && { color: 'orange' })} aria-label={name} />
      <Progress.Section value={Math.min(100 - shown, reserved)} color="gray" withAria={false} aria-hidden />
    </Progress.Root>
  );
}

function Action({
  icon: Icon,
  tip,
  label,
  onClick,
}: {
  icon: LucideIcon;
  tip: string;
  label: string;
  onClick: () => void;
}) {
  return (
    <Tooltip label={tip}>
      <ActionIcon variant="subtle" color="gray" size="lg" aria-label={label} onClick={onClick}>
        <Icon size={16} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
