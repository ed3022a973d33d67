import { Button, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from '../texts/language.ts';
import classes from './page.module.css';
import { LeaveGuard } from './leave-guard.tsx';

interface SaveBarProps {
  dirty: boolean;
  saving: boolean;
  onSave: () => void;
  onDiscard: () => void;
  /** What is about to change, in words. */
  summary?: ReactNode;
  disabled?: boolean;
}

/** Appears while there is something to save, and asks before it would be lost. */
export function SaveBar({ dirty, saving, onSave, onDiscard, summary, disabled = false }: SaveBarProps) {
  const { t } = useTranslation();
  return (
    <>
      <LeaveGuard dirty={dirty} />
      {dirty && (
        <section className={classes.saveBar} aria-label={t('common.unsavedChanges')}>
          <Text size="sm" component="div" flex="1 1 200px">
            {summary ?? t('common.unsavedChanges')}
          </Text>
          <Group gap="xs">
            <Button variant="default" onClick={onDiscard} disabled={saving}>
              {t('common.discard')}
            </Button>
            <Button onClick={onSave} loading={saving} disabled={disabled}>
              {t('common.saveChanges')}
            </Button>
          </Group>
        </section>
      )}
    </>
  );
}
