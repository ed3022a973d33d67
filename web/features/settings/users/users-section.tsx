import { Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useTranslation } from '../../../texts/language.ts';
import type { User } from '../../../../contract/users.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { lazyPart } from '../../../ui/import-part.ts';
import { QueryState } from '../../../ui/query-state.tsx';
import { Section } from '../../../ui/section.tsx';
import { licenceQuery } from '../licence/licence-queries.ts';
import { AccessDialog } from './access-dialog.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { InviteList } from './invite-list.tsx';
import { PeopleList } from './people-list.tsx';
import { ResetDialog } from './reset-dialog.tsx';
import { invitesQuery, usersQuery } from './user-queries.ts';

const ImportDialog = lazyPart(() => import('./import/import-dialog.tsx'));

export function UsersSection() {
  const { t } = useTranslation();
  const query = useQuery(usersQuery);
  const { data: licence } = useQuery(licenceQuery);
  const [inviting, dialog] = useDisclosure(false);
  const [importing, importDialog] = useDisclosure(false);
  // Here, not in the rows: a row may leave the list while its dialog shows a link.
  const [resetting, setResetting] = useState<User | null>(null);
  const [accessOf, setAccessOf] = useState<User | null>(null);
  const { data: invites } = useQuery(invitesQuery);
  const isAlone = query.data?.length === 1 && invites?.every(({ status }) => status === 'claimed');
  const isLicensed = licence?.enterprise === true;
  const seats = licence && licence.maxUsers > 0 ? { used: licence.seatsUsed, maximum: licence.maxUsers } : undefined;
  return (
    <>
      <Section
        title={t('settings.users.title')}
        description={
          <>
            {t('settings.users.hint')} {seats && t('settings.users.seats', seats)}
          </>
        }
        actions={
          <Button leftSection={<UserPlus size={16} aria-hidden />} onClick={dialog.open}>
            {t('settings.users.invite')}
          </Button>
        }
      >
        <QueryState query={query} lines={4}>
          {(users) => (
            <PeopleList users={users} isLicensed={isLicensed} onShowAccess={setAccessOf} onReset={setResetting} />
          )}
        </QueryState>
        {isAlone && <EmptyState picture="people">{t('settings.users.alone')}</EmptyState>}
      </Section>
      <InviteList />
      <InviteDialog
        opened={inviting}
        onClose={dialog.close}
        onImport={() => {
          dialog.close();
          importDialog.open();
        }}
        isLicensed={isLicensed}
      />
      {importing && (
        <Suspense fallback={<Text size="sm">{t('common.loading')}</Text>}>
          <ImportDialog onClose={importDialog.close} />
        </Suspense>
      )}
      {resetting && <ResetDialog key={resetting.id} user={resetting} onClose={() => setResetting(null)} />}
      {accessOf && <AccessDialog user={accessOf} onClose={() => setAccessOf(null)} />}
    </>
  );
}
