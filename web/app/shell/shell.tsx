import { Burger } from '@mantine/core';
import { useDisclosure, useHotkeys, useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useParams, useRouterState } from '@tanstack/react-router';
import { Suspense, useEffect, useState } from 'react';
import { useTranslation, withPageTexts } from '../../texts/language.ts';
import { rememberLastAgent } from '../../features/agents/agent-order.ts';
import { ChatSocketProvider } from '../../features/chat/chat-socket-provider.tsx';
import { SocketBanner } from '../../features/chat/socket-banner.tsx';
import { setupStatusQuery } from '../../features/session/session-queries.ts';
import { HeaderSlotContext } from '../../ui/header-slot.tsx';
import { latePart, lazyPart } from '../../ui/import-part.ts';
import { Mark } from '../../ui/mark.tsx';
import classes from './shell.module.css';
import { ShortcutKeys } from '../shortcuts/shortcut-keys.tsx';
import { Sidebar } from './sidebar.tsx';

// Nothing is missing before they come.
const UnseenParts = latePart(() => import('./unseen-parts.tsx'));
const DemoBanner = lazyPart(() => withPageTexts(() => import('../../features/demo/demo-banner.tsx')));

/** What every page of a signed-in person stands in: the sidebar, a drawer on phones, and the content beside it. */
export function Shell() {
  const { t } = useTranslation();
  const { data: status } = useQuery(setupStatusQuery);
  const [menuOpen, menu] = useDisclosure(false);
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  const isWide = useMediaQuery('(min-width: 48em)');
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  const { agentId } = useParams({ strict: false });
  const closeMenu = menu.close;

  useEffect(closeMenu, [pathname, closeMenu]);
  useHotkeys([['Escape', closeMenu]]);
  useEffect(() => {
    if (agentId && pathname.startsWith('/chat/')) rememberLastAgent(agentId);
  }, [agentId, pathname]);

  return (
    <ChatSocketProvider>
      <Suspense>
        <UnseenParts />
      </Suspense>
      <ShortcutKeys />
      <a href="#content" className={classes.skip}>
        {t('shell.skipToContent')}
      </a>
      <div className={classes.shell}>
        <header className={classes.header}>
          <Burger
            opened={menuOpen}
            onClick={menu.toggle}
            size="sm"
            aria-label={menuOpen ? t('shell.closeMenu') : t('shell.openMenu')}
            aria-expanded={menuOpen}
            aria-controls="navigation"
          />
          <div ref={setSlot} className={classes.slot} />
          <Link to="/" className={classes.home}>
            <Mark size={24} withName />
          </Link>
        </header>
        <nav
          id="navigation"
          className={classes.navbar}
          data-open={menuOpen || undefined}
          aria-label={t('shell.mainNavigation')}
        >
          <Sidebar />
        </nav>
        <main id="content" tabIndex={-1} className={classes.main} inert={menuOpen && !isWide}>
          {status?.demo && (
            <Suspense>
              <DemoBanner demo={status.demo} />
            </Suspense>
          )}
          <SocketBanner />
          <HeaderSlotContext value={slot}>
            <Outlet />
          </HeaderSlotContext>
        </main>
      </div>
    </ChatSocketProvider>
  );
}
