import { ActionIcon } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Suspense } from 'react';
import { ChartColumn, Hand, LayoutDashboard, Library, Plus, ScrollText, Settings } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useTranslation, withEverydayTexts } from '../../texts/language.ts';
import { useWaiting } from '../../features/approvals/waiting.ts';
import { useDueReviews } from '../../features/agents/use-due-reviews.ts';
import { useIsAdmin } from '../../features/session/session-queries.ts';
import { latePart } from '../../ui/import-part.ts';
import { Mark } from '../../ui/mark.tsx';
import { PaletteButton } from '../palette/palette-button.tsx';
import { AccountMenu } from './account-menu.tsx';
import { AgentList } from './agent-list.tsx';
import { ProviderNotice } from './provider-notice.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import classes from './sidebar.module.css';

const SharedWithMe = latePart(() => withEverydayTexts(() => import('./shared-with-me.tsx')));

export function Sidebar() {
  const { t } = useTranslation();
  const isAdmin = useIsAdmin();
  return (
    <div className={classes.sidebar}>
      <div className={classes.brand}>
        <Link to="/" className={classes.home}>
          <Mark size={26} withName />
        </Link>
      </div>
      <PaletteButton />
      <div className={classes.sectionHead}>
        <h2 className={classes.sectionTitle}>
          <Link to="/agents" className={classes.sectionLink}>
            {t('shell.agents')}
          </Link>
        </h2>
        {isAdmin && (
          <Tooltip label={t('shell.newAgent')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="md"
              aria-label={t('shell.newAgent')}
              renderRoot={(props) => <Link to="/agents/new" {...props} />}
            >
              <Plus size={17} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
      <div className={classes.agents}>
        <AgentList />
        <Suspense>
          <SharedWithMe />
        </Suspense>
      </div>
      <ProviderNotice />
      <div className={classes.foot}>
        <NavigationLink
          to="/approvals"
          icon={Hand}
          label={t('shell.approvals')}
          count={useWaiting().count + useDueReviews().length}
        />
        {isAdmin && <NavigationLink to="/overview" icon={LayoutDashboard} label={t('shell.overview')} />}
        {isAdmin && <NavigationLink to="/knowledge" icon={Library} label={t('shell.knowledge')} />}
        {isAdmin && <NavigationLink to="/usage" icon={ChartColumn} label={t('shell.usage')} />}
        {isAdmin && <NavigationLink to="/audit" icon={ScrollText} label={t('shell.audit')} />}
        <NavigationLink to="/settings" icon={Settings} label={t('shell.settings')} />
        <AccountMenu />
      </div>
    </div>
  );
}

interface NavigationLinkProps {
  to: '/approvals' | '/overview' | '/knowledge' | '/usage' | '/audit' | '/settings';
  icon: LucideIcon;
  label: string;
  count?: number;
}

function NavigationLink({ to, icon: Icon, label, count = 0 }: NavigationLinkProps) {
  return (
    <Link to={to} className={classes.link} activeOptions={{ includeSearch: false }}>
      <Icon size={17} strokeWidth={1.8} aria-hidden />
      {label}
      {count > 0 && <span className={classes.count}>{count}</span>}
    </Link>
  );
}
