import { Menu, Text, useMantineColorScheme } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Check, LifeBuoy, LogOut, Monitor, Moon, Sun, UserRound } from 'lucide-react';
import type { ReactElement } from 'react';
import { useSignOut } from '../../features/session/use-sign-out.ts';
import { useTranslation } from '../../texts/language.ts';
import { useOpenedAfterMount } from '../../ui/menu-on-demand.tsx';

const appearances = [
  { value: 'auto', icon: Monitor, label: 'shell.appearanceAuto' },
  { value: 'light', icon: Sun, label: 'shell.appearanceLight' },
  { value: 'dark', icon: Moon, label: 'shell.appearanceDark' },
] as const;

/** Who is signed in, the appearance, and the way out. */
export default function AccountMenuItems({ target, email }: { target: ReactElement; email: string }) {
  const { t } = useTranslation();
  const menu = useOpenedAfterMount();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const leave = useSignOut();

  return (
    <Menu {...menu} position="top-start" width={248} shadow="md" withinPortal>
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown>
        <Text size="xs" c="dimmed" px="sm" pt={6} pb={2} truncate>
          {email}
        </Text>
        <Menu.Item
          leftSection={<UserRound size={15} aria-hidden />}
          renderRoot={(props) => <Link to="/settings" search={{ section: 'profile' }} {...props} />}
        >
          {t('shell.profile')}
        </Menu.Item>
        <Menu.Item
          leftSection={<LifeBuoy size={15} aria-hidden />}
          renderRoot={(props) => <Link to="/report" {...props} />}
        >
          {t('shell.report')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t('shell.appearance')}</Menu.Label>
        {appearances.map(({ value, icon: Icon, label }) => (
          <Menu.Item
            key={value}
            leftSection={<Icon size={15} aria-hidden />}
            rightSection={value === colorScheme && <Check size={15} aria-hidden />}
            aria-current={value === colorScheme ? 'true' : undefined}
            closeMenuOnClick={false}
            onClick={() => setColorScheme(value)}
          >
            {t(label)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<LogOut size={15} aria-hidden />} onClick={() => void leave()}>
          {t('shell.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
