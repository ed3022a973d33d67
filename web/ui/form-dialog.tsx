import { Button, Group, type ModalProps, Stack } from '@mantine/core';
import type { FormEventHandler, ReactNode } from 'react';
import { useTranslation } from '../texts/language.ts';
import { FormModal } from './form-modal.tsx';

interface FormDialogProps extends Pick<ModalProps, 'size'> {
  title: string;
  submitLabel: string;
  submitting?: boolean;
  onSubmit: FormEventHandler<HTMLFormElement>;
  onClose: () => void;
  children: ReactNode;
}

/** A form in a dialog, which can be cancelled. */
export function FormDialog({ submitLabel, submitting, onSubmit, onClose, children, ...modal }: FormDialogProps) {
  const { t } = useTranslation();
  return (
    <FormModal opened onClose={onClose} {...modal}>
      <form onSubmit={onSubmit} noValidate>
        <Stack>
          {children}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={submitting ?? false}>
              {submitLabel}
            </Button>
          </Group>
        </Stack>
      </form>
    </FormModal>
  );
}
