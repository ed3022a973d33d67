import { Button, Code } from '@mantine/core';
import { useQueryErrorResetBoundary } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { CircleAlert } from 'lucide-react';
import { useTranslation } from '../texts/language.ts';
import { ApiError } from '../api/api-error.ts';
import { StatePage } from '../ui/state-page.tsx';
import { NotAllowed } from '../ui/not-allowed.tsx';
import { NotFound } from './not-found-page.tsx';

/** Shown in place of a page that failed to load or to render. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  const router = useRouter();
  const { reset: resetQueries } = useQueryErrorResetBoundary();
  if (error instanceof ApiError && error.status === 403) return <NotAllowed />;
  if (error instanceof ApiError && error.status === 404) return <NotFound />;
  const retry = () => {
    resetQueries();
    reset();
    void router.invalidate();
  };
  return (
    <StatePage
      illustration={<CircleAlert size={40} strokeWidth={1.5} color="var(--mantine-color-error)" aria-hidden />}
      title={t('errors.pageTitle')}
      actions={
        <>
          <Button onClick={retry}>{t('common.retry')}</Button>
          <Button variant="default" onClick={() => location.reload()}>
            {t('errors.reload')}
          </Button>
        </>
      }
    >
      <p>{error instanceof ApiError ? error.message : t('errors.pageBody')}</p>
      {error instanceof ApiError && error.requestId && <Code>{t('common.requestId', { id: error.requestId })}</Code>}
    </StatePage>
  );
}
