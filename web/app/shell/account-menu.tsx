import { Text, UnstyledButton } from '@mantine/core';
import { ChevronsUpDown } from 'lucide-react';

import { useMe } from '../../features/session/session-queries.ts';
import { useTranslation } from '../../texts/language.ts';
import { MenuOnDemand } from '../../ui/menu-on-demand.tsx';
import { PersonAvatar } from '../../ui/person-avatar.tsx';
import classes from './sidebar.module.css';
import { lazyPart } from '../../ui/import-part.ts';

const load = () => import('./account-menu-items.tsx');
const AccountMenuItems = lazyPart(load);

export function AccountMenu() {
  const { t } = useTranslation();
  const me = useMe();
  const button = (
    <UnstyledButton className={classes.link}>
      <PersonAvatar name={me.name} size={24} />
      <Text span size="sm" truncate flex={1} fw={550} c="var(--mantine-color-text)">
        <span className="visually-hidden">{t('shell.account')}</span> {me.name}
      </Text>
      <ChevronsUpDown size={15} aria-hidden />
    </UnstyledButton>
  );
  return (
    <MenuOnDemand target={button} load={load}>
      {(target) => <AccountMenuItems target={target} email={me.email} />}
    </MenuOnDemand>
  );
}
