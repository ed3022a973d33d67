import { ActionIcon, Badge, Box, Checkbox, Group, Menu, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import {
  Ellipsis,
  KeyRound,
  ListChecks,
  ScrollText,
  Settings2,
  Shield,
  UserRound,
  UserRoundCheck,
  UserRoundX,
} from 'lucide-react';
import { useTranslation } from '../../../texts/language.ts';
import type { User } from '../../../../contract/users.ts';
import { call } from '../../../api/client.ts';
import { ago } from '../../../ui/ago.ts';
import { askToConfirm } from '../../../ui/confirm.ts';
import { useFormats } from '../../../ui/formats.ts';
import { notifyDone } from '../../../ui/notify.ts';
import { PersonAvatar } from '../../../ui/person-avatar.tsx';
import { agentsQuery } from '../../agents/agent-queries.ts';
import { useMe } from '../../session/session-queries.ts';
import { licenceKeys } from '../licence/licence-queries.ts';
import classes from '../settings.module.css';
import { userKeys } from './user-queries.ts';
import own from './users.module.css';

interface UserRowProps {
  user: User;
  isSelected: boolean;
  /** Whether names stand behind checkboxes, also beside whoever has none. */
  isIndented: boolean;
  /** Absent where nobody can be chosen, or not this person. */
  onSelect?: ((isSelected: boolean) => void) | undefined;
  onShowAccess: () => void;
  onReset: () => void;
}

export function UserRow(props: UserRowProps) {
  const { user, isSelected, isIndented, onSelect } = props;
  const { t } = useTranslation();
  const me = useMe();
  const groups = user.groups.map(({ name }) => name).join(' · ');
  return (
    <li className={`${classes.row} ${classes.person}`}>
      {isIndented && !onSelect && <Box w={20} />}
      {onSelect && (
        <Checkbox
          checked={isSelected}
          onChange={(event) => onSelect(event.currentTarget.checked)}
          aria-label={t('settings.users.select', { name: user.name })}
        />
      )}
      <PersonAvatar name={user.name} size={36} />
      <div className={`${classes.rowText} ${own.personText}`}>
        <Group gap="xs">
          <Text fw={600} c={user.banned ? 'dimmed' : undefined}>
            {user.name}
          </Text>
          {user.id === me.id && (
            <Text size="sm" c="dimmed">
              {t('settings.users.you')}
            </Text>
          )}
          {user.role === 'admin' && <Badge variant="light">{t('common.admin')}</Badge>}
          {user.banned && (
            <Badge color="gray" variant="light">
              {t('settings.users.deactivated')}
            </Badge>
          )}
          {user.passwordBlocked && (
            <Badge color="yellow" variant="light">
              {t('settings.users.passwordBlocked')}
            </Badge>
          )}
        </Group>
        <div>
          <Text size="sm" c="dimmed" truncate title={user.email}>
            {user.email}
          </Text>
          {groups && (
            <Text size="sm" c="dimmed" lineClamp={2} title={groups}>
              {groups}
            </Text>
          )}
        </div>
        <LastActive user={user} />
      </div>
      <UserMenu {...props} isMe={user.id === me.id} />
    </li>
  );
}

function LastActive({ user: { lastActiveAt } }: { user: User }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <Text size="sm" c="dimmed" title={lastActiveAt === null ? undefined : formats.dateTime(lastActiveAt)}>
      {lastActiveAt === null ? t('people.neverActive') : t('people.lastActive', { ago: ago(lastActiveAt) })}
    </Text>
  );
}

type UserMenuProps = Pick<UserRowProps, 'user' | 'onShowAccess' | 'onReset'> & { isMe: boolean };

function UserMenu({ user, onShowAccess, onReset, isMe }: UserMenuProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const { id, name } = user;
  const { data: agents } = useQuery(agentsQuery);
  const assistant = agents?.find((agent) => agent.isPersonal && agent.ownerId === id);

  const refresh = async (message: string) => {
    await queryClient.invalidateQueries({ queryKey: userKeys.all });
    await queryClient.invalidateQueries({ queryKey: licenceKeys.status });
    notifyDone(message);
  };
  const changeRole = () => {
    const role = user.role === 'admin' ? 'member' : 'admin';
    askToConfirm({
      title: t(role === 'admin' ? 'settings.users.makeAdminQuestion' : 'settings.users.makeMemberQuestion', { name }),
      body: t(role === 'admin' ? 'settings.users.makeAdminBody' : 'settings.users.makeMemberBody'),
      confirm: t(role === 'admin' ? 'settings.users.makeAdmin' : 'settings.users.makeMember'),
      danger: false,
      action: async () => {
        await call('updateUser', { params: { id }, body: { role } });
        await refresh(t('settings.users.roleChanged', { name }));
      },
    });
  };
  const deactivate = () =>
    askToConfirm({
      title: t('settings.users.deactivateQuestion', { name }),
      body: t('settings.users.deactivateBody', { name }),
      confirm: t('settings.users.deactivate'),
      action: async () => {
        await call('deactivateUser', { params: { id } });
        await refresh(t('settings.users.isDeactivated', { name }));
      },
    });
  const reactivate = () =>
    askToConfirm({
      title: t('settings.users.reactivateQuestion', { name }),
      body: t(user.passwordBlocked ? 'settings.users.reactivateBlockedBody' : 'settings.users.reactivateBody', {
        name,
      }),
      confirm: t('settings.users.reactivate'),
      danger: false,
      action: async () => {
        await call('reactivateUser', { params: { id } });
        await refresh(t('settings.users.isReactivated', { name }));
      },
    });

  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('settings.users.menu', { name })}>
          <Ellipsis size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<ListChecks size={15} aria-hidden />} onClick={onShowAccess}>
          {t('people.access')}
        </Menu.Item>
        <Menu.Item
          leftSection={<ScrollText size={15} aria-hidden />}
          renderRoot={(props) => <Link to="/audit" search={{ personId: id }} {...props} />}
        >
          {t('people.did')}
        </Menu.Item>
        {isMe ? null : user.banned ? (
          <Menu.Item leftSection={<UserRoundCheck size={15} aria-hidden />} onClick={reactivate}>
            {t('settings.users.reactivate')}
          </Menu.Item>
        ) : (
          <>
            <Menu.Item
              leftSection={
                user.role === 'admin' ? <UserRound size={15} aria-hidden /> : <Shield size={15} aria-hidden />
              }
              onClick={changeRole}
            >
              {t(user.role === 'admin' ? 'settings.users.makeMember' : 'settings.users.makeAdmin')}
            </Menu.Item>
            <Menu.Item leftSection={<KeyRound size={15} aria-hidden />} onClick={onReset}>
              {t(user.passwordBlocked ? 'settings.users.newResetLink' : 'settings.users.reset')}
            </Menu.Item>
            {assistant && (
              <Menu.Item
                leftSection={<Settings2 size={15} aria-hidden />}
                renderRoot={(props) => (
                  <Link to="/agents/$agentId/settings" params={{ agentId: assistant.id }} {...props} />
                )}
              >
                {t('settings.users.assistant')}
              </Menu.Item>
            )}
            <Menu.Divider />
            <Menu.Item
              leftSection={<UserRoundX size={15} aria-hidden />}
              c="var(--mantine-color-error)"
              onClick={deactivate}
            >
              {t('settings.users.deactivate')}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
