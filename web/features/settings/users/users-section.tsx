import { Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { useTranslation } from '../../../texts/language.ts';
import { QueryState } from '../../../ui/query-state.tsx';
import { Section } from '../../../ui/section.tsx';
import { licenceQuery } from '../licence/licence-queries.ts';
import classes from '../settings.module.css';
import { InviteDialog } from './invite-dialog.tsx';
import { InviteList } from './invite-list.tsx';
import { UserRow } from './user-row.tsx';
import { usersQuery } from './user-queries.ts';

export function UsersSection() {
  const { t } = useTranslation();
  const query = useQuery(usersQuery);
  const { data: licence } = useQuery(licenceQuery);
  const [inviting, dialog] = useDisclosure(false);
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
            <ul className={classes.list}>
              {users
                .toSorted(
                  (left, right) => Number(left.banned) - Number(right.banned) || left.name.localeCompare(right.name),
                )
                .map((user) => (
                  <UserRow key={user.id} user={user} />
                ))}
            </ul>
          )}
        </QueryState>
        {query.data?.length === 1 && (
          <Text size="sm" c="dimmed" mt="sm">
            {t('settings.users.alone')}
          </Text>
        )}
      </Section>
      <InviteList />
      <InviteDialog opened={inviting} onClose={dialog.close} isLicensed={licence?.enterprise === true} />
    </>
  );
}
