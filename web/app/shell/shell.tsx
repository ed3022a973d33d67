import { AppShell, Burger, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, Outlet, useParams, useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { rememberLastAgent } from '../../features/agents/agent-order.ts';
import { ChatSocketProvider } from '../../features/chat/chat-socket-provider.tsx';
import { Mark } from '../../ui/mark.tsx';
import classes from './shell.module.css';
import { Sidebar } from './sidebar.tsx';

/** What every page of a signed-in person stands in: the sidebar, a drawer on phones, and the content beside it. */
export function Shell() {
  const { t } = useTranslation();
  const [menuOpen, menu] = useDisclosure(false);
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  const { agentId } = useParams({ strict: false });
  const closeMenu = menu.close;

  useEffect(closeMenu, [pathname, closeMenu]);
  useEffect(() => {
    if (agentId && pathname.startsWith('/chat/')) rememberLastAgent(agentId);
  }, [agentId, pathname]);

  return (
    <ChatSocketProvider>
      <AppShell
        header={{ height: { base: 52, sm: 0 } }}
        navbar={{ width: 272, breakpoint: 'sm', collapsed: { mobile: !menuOpen } }}
        transitionDuration={160}
      >
        <a href="#content" className={classes.skip}>
          {t('shell.skipToContent')}
        </a>
        <AppShell.Header hiddenFrom="sm" className={classes.header}>
          <Group h="100%" px="sm" gap="sm">
            <Burger
              opened={menuOpen}
              onClick={menu.toggle}
              size="sm"
              aria-label={menuOpen ? t('shell.closeMenu') : t('shell.openMenu')}
              aria-expanded={menuOpen}
              aria-controls="navigation"
            />
            <Link to="/" className={classes.home}>
              <Mark size={24} withName />
            </Link>
          </Group>
        </AppShell.Header>
        <AppShell.Navbar id="navigation" className={classes.navbar} aria-label={t('shell.mainNavigation')}>
          <Sidebar />
        </AppShell.Navbar>
        <AppShell.Main id="content" tabIndex={-1} className={classes.main}>
          <Outlet />
        </AppShell.Main>
      </AppShell>
    </ChatSocketProvider>
  );
}
