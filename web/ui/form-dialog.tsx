import { Button, Group, Modal, Stack } from '@mantine/core';
import type { ComponentProps, FormEventHandler, ReactNode } from 'react';
import { useTranslation } from '../texts/language.ts';

interface FormDialogProps extends Pick<ComponentProps<typeof Modal>, 'size' | 'closeButtonProps'> {
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
    <Modal opened onClose={onClose} {...modal}>
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
    </Modal>
  );
}
