import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import { ApiError } from '../api/api-error.ts';

export function messageOf(error: unknown): string {
  return error instanceof ApiError ? error.message : i18next.t('common.somethingWrong');
}

export function notifyDone(message: string): void {
  notifications.show({ message, color: 'teal', autoClose: 3_000, withBorder: true });
}

export function notifyError(error: unknown): void {
  const requestId = error instanceof ApiError ? error.requestId : undefined;
  notifications.show({
    title: messageOf(error),
    message: requestId ? i18next.t('common.requestId', { id: requestId }) : undefined,
    color: 'red',
    autoClose: 8_000,
    withBorder: true,
  });
}
