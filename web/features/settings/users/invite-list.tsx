import { Badge, Button, Group, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from '../../../texts/language.ts';
import type { Invite } from '../../../../contract/users.ts';
import { call } from '../../../api/client.ts';
import { askToConfirm } from '../../../ui/confirm.ts';
import { useFormats } from '../../../ui/formats.ts';
import { notifyDone } from '../../../ui/notify.ts';
import { Pages, usePages } from '../../../ui/pages.tsx';
import { Section } from '../../../ui/section.tsx';
import { licenceKeys } from '../licence/licence-queries.ts';
import classes from '../settings.module.css';
import { invitesQuery, userKeys } from './user-queries.ts';

/** Invitations that nobody has used; hidden when there are none. */
export function InviteList() {
  const { t } = useTranslation();
  const { data: invites = [] } = useQuery(invitesQuery);
  const open = invites.filter(({ status }) => status !== 'claimed');
  const pages = usePages(open, 20);
  if (open.length === 0) return null;
  return (
    <Section title={t('settings.users.invitesTitle')} description={t('settings.users.invitesHint')}>
      <ul className={classes.list}>
        {pages.shown.map((invite) => (
          <InviteRow key={invite.id} invite={invite} />
        ))}
      </ul>
      <Pages {...pages} />
    </Section>
  );
}

function InviteRow({ invite }: { invite: Invite }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const queryClient = useQueryClient();
  const address = invite.email ?? t('settings.users.anybody');
  const name = invite.name ? `${invite.name} (${address})` : address;
  const isPending = invite.status === 'pending';
  const revoke = () =>
    askToConfirm({
      title: t('settings.users.revokeQuestion'),
      body: t('settings.users.revokeBody', { name }),
      confirm: t('settings.users.revoke'),
      action: async () => {
        await call('revokeInvite', { params: { id: invite.id } });
        await queryClient.invalidateQueries({ queryKey: userKeys.invites });
        await queryClient.invalidateQueries({ queryKey: licenceKeys.status });
        notifyDone(t('settings.users.revoked'));
      },
    });
  return (
    <li className={classes.row}>
      <div className={classes.rowText}>
        <Group gap="xs">
          <Text fw={550}>{name}</Text>
          <Badge variant={isPending ? 'default' : 'light'} color={isPending ? 'gray' : 'yellow'}>
            {t(isPending ? 'settings.users.pending' : 'settings.users.expired')}
          </Badge>
          {invite.role === 'admin' && <Badge variant="light">{t('common.admin')}</Badge>}
        </Group>
        <Text size="sm" c="dimmed">
          {t(isPending ? 'settings.users.validUntil' : 'settings.users.expiredOn', {
            date: formats.dateTime(invite.expiresAt),
          })}
        </Text>
      </div>
      {isPending && (
        <Button size="sm" variant="subtle" color="gray" onClick={revoke}>
          {t('settings.users.revoke')}
        </Button>
      )}
    </li>
  );
}
