import { ActionIcon, Button, Group, Menu, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Ellipsis, Pencil, Plus, Trash2, UsersRound } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '../../../texts/language.ts';
import type { Group as PersonGroup } from '../../../../contract/groups.ts';
import { call } from '../../../api/client.ts';
import { askToConfirm } from '../../../ui/confirm.ts';
import { ButtonLink } from '../../../ui/button-link.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { notifyDone } from '../../../ui/notify.ts';
import { QueryState } from '../../../ui/query-state.tsx';
import { Section } from '../../../ui/section.tsx';
import { licenceQuery } from '../licence/licence-queries.ts';
import classes from '../settings.module.css';
import { GroupDialog } from './group-dialog.tsx';
import { groupKeys, groupsQuery } from './group-queries.ts';
import { MembersDialog } from './members-dialog.tsx';

export function GroupsSection() {
  const { t } = useTranslation();
  const licence = useQuery(licenceQuery);
  return (
    <QueryState query={licence}>
      {({ enterprise }) =>
        enterprise ? (
          <GroupList />
        ) : (
          <Section title={t('settings.groups.title')} description={t('settings.groups.hint')}>
            <EmptyState
              picture="people"
              action={
                <ButtonLink to="/settings" search={{ section: 'licence' }} variant="default">
                  {t('settings.groups.toLicence')}
                </ButtonLink>
              }
            >
              {t('settings.groups.licence')}
            </EmptyState>
          </Section>
        )
      }
    </QueryState>
  );
}

/** The group a dialog is about; null for a new one. */
type Dialog = { kind: 'edit'; group: PersonGroup | null } | { kind: 'members'; group: PersonGroup };

function GroupList() {
  const { t } = useTranslation();
  const query = useQuery(groupsQuery);
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const close = () => setDialog(null);
  return (
    <Section
      title={t('settings.groups.title')}
      description={t('settings.groups.hint')}
      actions={
        <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => setDialog({ kind: 'edit', group: null })}>
          {t('settings.groups.create')}
        </Button>
      }
    >
      <QueryState query={query}>
        {(groups) =>
          groups.length === 0 ? (
            <EmptyState picture="people">{t('settings.groups.none')}</EmptyState>
          ) : (
            <ul className={classes.list}>
              {groups.map((group) => (
                <GroupRow key={group.id} group={group} onOpen={setDialog} />
              ))}
            </ul>
          )
        }
      </QueryState>
      {dialog?.kind === 'edit' && <GroupDialog group={dialog.group} onClose={close} />}
      {dialog?.kind === 'members' && <MembersDialog group={dialog.group} onClose={close} />}
    </Section>
  );
}

function GroupRow({ group, onOpen }: { group: PersonGroup; onOpen: (dialog: Dialog) => void }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const { id, name } = group;
  const remove = () =>
    askToConfirm({
      title: t('settings.groups.deleteQuestion', { name }),
      body: t('settings.groups.deleteBody'),
      confirm: t('common.delete'),
      action: async () => {
        await call('deleteGroup', { params: { id } });
        await queryClient.invalidateQueries({ queryKey: groupKeys.all });
        await queryClient.invalidateQueries({ queryKey: ['users'] });
        notifyDone(t('settings.groups.deleted', { name }));
      },
    });
  return (
    <li className={classes.row}>
      <div className={classes.rowText}>
        <Text fw={600}>{name}</Text>
        <Text size="sm" c="dimmed">
          {[t('settings.groups.members', { count: group.memberCount }), group.description].filter(Boolean).join(' · ')}
        </Text>
      </div>
      <Group gap="xs">
        <Button
          size="sm"
          variant="default"
          leftSection={<UsersRound size={15} aria-hidden />}
          onClick={() => onOpen({ kind: 'members', group })}
          aria-label={t('settings.groups.membersOf', { name })}
        >
          {t('settings.groups.membersAction')}
        </Button>
        <Menu position="bottom-end" shadow="md">
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('settings.groups.menu', { name })}>
              <Ellipsis size={18} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<Pencil size={15} aria-hidden />} onClick={() => onOpen({ kind: 'edit', group })}>
              {t('common.edit')}
            </Menu.Item>
            <Menu.Item leftSection={<Trash2 size={15} aria-hidden />} c="var(--mantine-color-error)" onClick={remove}>
              {t('common.delete')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
    </li>
  );
}
