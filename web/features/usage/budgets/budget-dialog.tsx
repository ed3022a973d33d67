import { Group, NumberInput, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import {
  budgetActions,
  budgetPeriods,
  type BudgetScope,
  budgetScopes,
  budgetUnits,
} from '../../../../contract/budget-words.ts';
import type { Budget } from '../../../../contract/budgets.ts';
import { call } from '../../../api/client.ts';
import { useTranslation } from '../../../texts/language.ts';
import { useFormSubmit } from '../../../ui/use-form-submit.ts';
import { FormAlert } from '../../../ui/form-alert.tsx';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { notifyDone } from '../../../ui/notify.ts';
import { agentsQuery } from '../../agents/agent-queries.ts';
import { groupsQuery } from '../../settings/groups/group-queries.ts';
import { usersQuery } from '../../settings/users/user-queries.ts';
import { positiveOf, textOfDecimal } from '../amounts.ts';
import { budgetsQuery } from './budget-queries.ts';
import { useBudgetWords } from './use-budget-words.ts';

/** Makes a budget, or changes what it allows; whose it is and what it counts stays. */
export function BudgetDialog({ budget, onClose }: { budget: Budget | null; onClose: () => void }) {
  const { t, locale } = useTranslation();
  const queryClient = useQueryClient();
  const { nameOf, limitOf } = useBudgetWords();
  const form = useForm({
    initialValues: {
      scope: budget?.scope ?? ('organisation' as BudgetScope),
      scopeId: budget?.scopeId ?? null,
      unit: budget?.unit ?? 'usd',
      amount: budget ? textOfDecimal(budget.amount, locale) : '',
      period: budget?.period ?? 'month',
      action: budget?.action ?? 'block',
      warnAtPercent: budget?.warnAtPercent ?? 80,
    },
    validate: {
      scopeId: (id, { scope }) => (scope !== 'organisation' && id === null ? t('budgets.subjectMissing') : null),
      amount: (typed, { unit }) => {
        const amount = positiveOf(typed, locale);
        if (amount === undefined) return t('budgets.amountMissing');
        return unit === 'tokens' && amount.includes('.') ? t('budgets.wholeTokens') : null;
      },
    },
  });
  const { scope, unit, period, action } = form.values;
  const amount = positiveOf(form.values.amount, locale);
  const { submit, problem } = useFormSubmit(
    form,
    async ({ scope: chosen, scopeId, unit: counted, amount: typed, ...rest }) => {
      const limit = { ...rest, amount: positiveOf(typed, locale)! };
      await (budget
        ? call('updateBudget', { params: { id: budget.id }, body: limit })
        : call('createBudget', {
            body: { scope: chosen, unit: counted, ...limit, ...(scopeId !== null && { scopeId }) },
          }));
      await queryClient.invalidateQueries({ queryKey: budgetsQuery.queryKey });
      notifyDone(t('budgets.saved'));
      onClose();
    },
  );
  return (
    <FormDialog
      onClose={onClose}
      title={budget ? `${t('budgets.editTitle')}: ${nameOf(budget)}` : t('budgets.addTitle')}
      submitLabel={t('common.save')}
      submitting={form.submitting}
      onSubmit={submit}
    >
      <FormAlert message={problem} />
      {!budget && (
        <>
          <Choice
            label={t('budgets.scope')}
            data={budgetScopes.map((value) => ({ value, label: t(`budgets.scopes.${value}`) }))}
            {...form.getInputProps('scope')}
            onChange={(value) => form.setValues({ scope: value as BudgetScope, scopeId: null })}
          />
          {scope !== 'organisation' && <Subject scope={scope} {...form.getInputProps('scopeId')} />}
          <Choice
            label={t('budgets.unit')}
            data={budgetUnits.map((value) => ({ value, label: t(`budgets.units.${value}`) }))}
            {...form.getInputProps('unit')}
          />
        </>
      )}
      <Group grow align="flex-start">
        <TextInput
          label={t('budgets.amount')}
          inputMode="decimal"
          description={amount ? limitOf({ unit, amount, period }) : t(`budgets.units.${unit}`)}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          {...(budget && { 'data-autofocus': true })}
          {...form.getInputProps('amount')}
        />
        <Choice
          label={t('budgets.period')}
          data={budgetPeriods.map((value) => ({ value, label: t(`budgets.periods.${value}`) }))}
          {...form.getInputProps('period')}
        />
      </Group>
      <Choice
        label={t('budgets.action')}
        description={t(`budgets.actionHint.${action}`)}
        data={budgetActions.map((value) => ({ value, label: t(`budgets.actions.${value}`) }))}
        {...form.getInputProps('action')}
      />
      <NumberInput
        label={t('budgets.warnAt')}
        suffix=" %"
        min={1}
        max={100}
        clampBehavior="strict"
        allowDecimal={false}
        allowNegative={false}
        {...form.getInputProps('warnAtPercent')}
      />
    </FormDialog>
  );
}

/** At a time; more are found by typing. */
const offered = 50;

type ChoiceProps = React.ComponentProps<typeof Select>;

/** One of a few, never none. */
function Choice(props: ChoiceProps) {
  return <Select allowDeselect={false} checkIconPosition="right" comboboxProps={{ withinPortal: true }} {...props} />;
}

function Subject({ scope, ...input }: { scope: Exclude<BudgetScope, 'organisation'> } & ChoiceProps) {
  const { t } = useTranslation();
  const users = useQuery({ ...usersQuery, enabled: scope === 'user' });
  const groups = useQuery({ ...groupsQuery, enabled: scope === 'group', retry: false });
  const agents = useQuery({ ...agentsQuery, enabled: scope === 'agent' });
  const named = {
    user: users.data
      ?.filter(({ banned }) => !banned)
      .map(({ id, name, email }) => ({ id, name: `${name} (${email})` })),
    group: groups.data,
    agent: agents.data,
  }[scope];
  return (
    <Choice
      label={t(`budgets.${scope}`)}
      placeholder={t('budgets.choose')}
      searchable
      limit={offered}
      data={(named ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      error={scope === 'group' && groups.error ? groups.error.message : undefined}
      {...input}
    />
  );
}
