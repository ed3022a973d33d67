import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '../../../texts/language.ts';
import type { User } from '../../../../contract/users.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { QueryState } from '../../../ui/query-state.tsx';
import { Section } from '../../../ui/section.tsx';
import { useMe } from '../../session/session-queries.ts';
import { licenceQuery } from '../licence/licence-queries.ts';
import classes from '../settings.module.css';
import { BulkBar } from './bulk-bar.tsx';
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
          {(users) => <UserList users={users} isLicensed={licence?.enterprise === true} />}
        </QueryState>
        {query.data?.length === 1 && <EmptyState picture="people">{t('settings.users.alone')}</EmptyState>}
      </Section>
      <InviteList />
      <InviteDialog opened={inviting} onClose={dialog.close} isLicensed={licence?.enterprise === true} />
    </>
  );
}

function UserList({ users, isLicensed }: { users: readonly User[]; isLicensed: boolean }) {
  const me = useMe();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  // Nobody deactivates themselves, and whoever is deactivated is so already.
  const selectable = users.filter(({ id, banned }) => id !== me.id && !banned);
  // Counts those deactivated too: the result of a deactivation shows on when nobody is left to be chosen.
  const hasBulk = users.length > 2;
  const select = (id: string, isSelected: boolean) =>
    setChosen((before) => (isSelected ? [...before, id] : before.filter((other) => other !== id)));
  return (
    <>
      {hasBulk && (
        <BulkBar
          selectable={selectable}
          selected={selectable.filter(({ id }) => chosen.includes(id))}
          onSelect={setChosen}
          isLicensed={isLicensed}
        />
      )}
      <ul className={classes.list}>
        {users
          .toSorted((left, right) => Number(left.banned) - Number(right.banned) || left.name.localeCompare(right.name))
          .map((user) => (
            <UserRow
              key={user.id}
              user={user}
              isSelected={chosen.includes(user.id)}
              isIndented={hasBulk}
              onSelect={hasBulk && selectable.includes(user) ? (isSelected) => select(user.id, isSelected) : undefined}
            />
          ))}
      </ul>
    </>
  );
}
