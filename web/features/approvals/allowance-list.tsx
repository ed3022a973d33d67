import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Allowance } from '../../../contract/approvals.ts';
import { headlineOf } from '../../../contract/texts/proposal-words.ts';
import { call } from '../../api/client.ts';
import { useTranslation } from '../../texts/language.ts';
import type { Translate } from '../../texts/translate.ts';
import { titleOfTool } from '../../texts/tool-titles.ts';
import { sayProposal } from './say-proposal.ts';
import { waitingQuery } from './waiting.ts';
import classes from './approvals-page.module.css';

/** What is not asked about any more, each with a way back. */
export default function AllowanceList({ allowances }: { allowances: readonly Allowance[] }) {
  const { t } = useTranslation();
  return (
    <ul className={classes.allowances}>
      {allowances.map((allowance) => (
        <li key={allowance.id}>
          <span>{wordsOf(t, allowance)}</span>
          <TakeBack allowance={allowance} />
        </li>
      ))}
    </ul>
  );
}

const wordsOf = (t: Translate, { about, tool }: Allowance): string =>
  about
    ? headlineOf(sayProposal(t), { ...about, records: [] })
    : t('approvals.allowedTool', { tool: titleOfTool(t, tool) });

function TakeBack({ allowance }: { allowance: Allowance }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const taking = useMutation({
    mutationFn: () => call('deleteAllowance', { params: { id: allowance.id } }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: waitingQuery.queryKey }),
  });
  return (
    <Button
      size="compact-xs"
      variant="default"
      loading={taking.isPending}
      aria-label={t('approvals.takeBackOf', { what: wordsOf(t, allowance) })}
      onClick={() => taking.mutate()}
    >
      {t('approvals.takeBack')}
    </Button>
  );
}
