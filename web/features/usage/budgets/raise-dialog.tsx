import { Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import type { Budget } from '../../../../contract/budgets.ts';
import { call } from '../../../api/client.ts';
import { useTranslation } from '../../../texts/language.ts';
import { useFormSubmit } from '../../../ui/use-form-submit.ts';
import { FormAlert } from '../../../ui/form-alert.tsx';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { notifyDone } from '../../../ui/notify.ts';
import { positiveOf, localMoment } from '../amounts.ts';
import { budgetsQuery } from './budget-queries.ts';
import { useBudgetWords } from './use-budget-words.ts';

/** Lets more be spent until a moment. */
export function RaiseDialog({ budget, onClose }: { budget: Budget; onClose: () => void }) {
  const { t, locale } = useTranslation();
  const queryClient = useQueryClient();
  const { nameOf, limitOf, amountOf, shortOf } = useBudgetWords();
  const form = useForm({
    initialValues: { amount: '', until: localMoment(new Date(budget.resetsAt)), reason: '' },
    validate: {
      amount: (typed) => {
        const amount = positiveOf(typed, locale);
        if (amount === undefined) return t('budgets.amountMissing');
        if (budget.unit === 'tokens' && amount.includes('.')) return t('budgets.wholeTokens');
        return Number(amount) > Number(budget.amount)
          ? null
          : t('budgets.raiseMore', { amount: amountOf(budget.unit, budget.amount) });
      },
      until: (until) => (new Date(until).getTime() > Date.now() ? null : t('budgets.untilMissing')),
      reason: (reason) => (reason.trim() === '' ? t('budgets.reasonMissing') : null),
    },
  });
  const { submit, problem } = useFormSubmit(form, async ({ amount, until, reason }) => {
    await call('raiseBudget', {
      params: { id: budget.id },
      body: { amount: positiveOf(amount, locale)!, until: new Date(until).toISOString(), reason: reason.trim() },
    });
    await queryClient.invalidateQueries({ queryKey: budgetsQuery.queryKey });
    notifyDone(t('budgets.raised'));
    onClose();
  });
  const understood = positiveOf(form.values.amount, locale);
  return (
    <FormDialog
      onClose={onClose}
      title={t('budgets.raiseTitle')}
      submitLabel={t('budgets.raise')}
      submitting={form.submitting}
      onSubmit={submit}
    >
      <FormAlert message={problem} />
      <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {nameOf(budget)}, {limitOf(budget)} (
        {t('budgets.spentOf', {
          spent: shortOf(budget.unit, budget.spent),
          amount: amountOf(budget.unit, budget.amount),
        })}
        ). {t('budgets.raiseHint')}
      </Text>
      <TextInput
        label={t('budgets.raiseAmount')}
        description={understood ? amountOf(budget.unit, understood) : t(`budgets.units.${budget.unit}`)}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        inputMode="decimal"
        data-autofocus
        {...form.getInputProps('amount')}
      />
      <TextInput type="datetime-local" label={t('budgets.until')} {...form.getInputProps('until')} />
      <TextInput label={t('budgets.reason')} maxLength={500} {...form.getInputProps('reason')} />
    </FormDialog>
  );
}
