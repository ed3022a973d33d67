import { ActionIcon } from '@mantine/core';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useContext } from 'react';
import type { Branches } from '../../../../contract/socket.ts';
import { useTranslation } from '../../../texts/language.ts';
import { BranchActionsContext } from './branch-actions.ts';
import classes from './branches.module.css';

/** Leads from one branch of a conversation to the next. */
export function BranchStepper({ branches }: { branches: Branches | undefined }) {
  const { t } = useTranslation();
  const actions = useContext(BranchActionsContext);
  if (!branches) return null;
  const { number, count, previous, next } = branches;
  const step = (messageId: string | undefined, label: string, icon: React.ReactNode) => (
    <ActionIcon
      variant={actions && messageId ? 'subtle' : 'transparent'}
      color="gray"
      size="sm"
      aria-label={label}
      disabled={!actions || !messageId}
      onClick={() => messageId && actions?.show(messageId)}
    >
      {icon}
    </ActionIcon>
  );
  return (
    <span className={classes.stepper} role="group" aria-label={t('chat.branches.label')}>
      {step(previous, t('chat.branches.previous'), <ChevronLeft size={14} />)}
      <span>{t('chat.branches.of', { number, count })}</span>
      {step(next, t('chat.branches.next'), <ChevronRight size={14} />)}
    </span>
  );
}
