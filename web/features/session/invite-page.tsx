import { Center, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from '../../texts/language.ts';
import { ApiError } from '../../api/api-error.ts';
import { call } from '../../api/client.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { Entrance } from '../../ui/entrance.tsx';
import { RetryButton } from '../../ui/state-page.tsx';
import { ClaimForm } from './claim-form.tsx';

/** Where an invitation or a reset link leads. */
export function InvitePage() {
  const { t } = useTranslation();
  const { token } = useParams({ from: '/invite/$token' });
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['invite', token],
    queryFn: ({ signal }) => call('getInvite', { params: { token }, signal }),
    // A claimed invitation must not turn into an error page under the form that claimed it.
    staleTime: Infinity,
  });
  if (isPending) {
    return (
      <Entrance title={t('common.loading')}>
        <Center p="xl">
          <Loader />
        </Center>
      </Entrance>
    );
  }
  if (error) {
    const status = error instanceof ApiError ? error.status : 0;
    const isLost = status === 404 || status === 400 || status === 410;
    return (
      <Entrance
        title={
          isLost ? t(status === 410 ? 'joining.inviteGoneTitle' : 'joining.inviteUnknownTitle') : t('errors.pageTitle')
        }
        intro={isLost ? t(status === 410 ? 'joining.inviteGoneBody' : 'joining.inviteUnknownBody') : error.message}
      >
        {isLost ? (
          <ButtonLink to="/login" variant="default">
            {t('joining.toSignIn')}
          </ButtonLink>
        ) : (
          <RetryButton label={t('common.retry')} onClick={() => void refetch()} />
        )}
      </Entrance>
    );
  }
  return <ClaimForm token={token} type={data.type} email={data.email} name={data.name} />;
}
