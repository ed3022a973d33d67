import { Skeleton, Stack } from '@mantine/core';
import { Link, useSearch } from '@tanstack/react-router';
import {
  BookOpen,
  Globe,
  Blocks,
  KeyRound,
  MessageSquareQuote,
  MessagesSquare,
  Plug,
  Send,
  UserRound,
  Users,
  UsersRound,
} from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { Suspense } from 'react';
import type { ComponentType } from 'react';
import { useTranslation } from '../../texts/language.ts';
import { NotAllowed } from '../../ui/not-allowed.tsx';
import { Page } from '../../ui/page.tsx';
import { scrollIntoView } from '../../ui/scroll-into-view.ts';
import { useIsAdmin } from '../session/session-queries.ts';
import { reachableSections, type SectionName, sectionNames } from './section-names.ts';
import edges from '../../ui/scroll-edges.module.css';
import classes from './settings.module.css';
import { lazyPart } from '../../ui/import-part.ts';

interface SettingsSection {
  icon: LucideIcon;
  content: ComponentType;
}

const sections: Record<SectionName, SettingsSection> = {
  profile: {
    icon: UserRound,
    content: lazyPart(async () => ({ default: (await import('./profile/profile-section.tsx')).ProfileSection })),
  },
  prompts: {
    icon: MessageSquareQuote,
    content: lazyPart(async () => ({ default: (await import('../prompts/prompts-section.tsx')).PromptsSection })),
  },
  context: {
    icon: BookOpen,
    content: lazyPart(async () => ({ default: (await import('./context-section.tsx')).ContextSection })),
  },
  providers: {
    icon: Plug,
    content: lazyPart(async () => ({ default: (await import('./providers/providers-section.tsx')).ProvidersSection })),
  },
  conversations: {
    icon: MessagesSquare,
    content: lazyPart(async () => ({
      default: (await import('./conversations/conversations-section.tsx')).ConversationsSection,
    })),
  },
  integrations: {
    icon: Blocks,
    content: lazyPart(async () => ({
      default: (await import('./integrations/integrations-section.tsx')).IntegrationsSection,
    })),
  },
  telegram: {
    icon: Send,
    content: lazyPart(async () => ({ default: (await import('./telegram/telegram-section.tsx')).TelegramSection })),
  },
  users: {
    icon: UsersRound,
    content: lazyPart(async () => ({ default: (await import('./users/users-section.tsx')).UsersSection })),
  },
  groups: {
    icon: Users,
    content: lazyPart(async () => ({ default: (await import('./groups/groups-section.tsx')).GroupsSection })),
  },
  licence: {
    icon: KeyRound,
    content: lazyPart(async () => ({ default: (await import('./licence/licence-section.tsx')).LicenceSection })),
  },
  security: {
    icon: Globe,
    content: lazyPart(async () => ({ default: (await import('./security/security-section.tsx')).SecuritySection })),
  },
};

export function SettingsPage() {
  const { t } = useTranslation();
  const isAdmin = useIsAdmin();
  const { section } = useSearch({ from: '/shell/settings' });
  const reachable = reachableSections(isAdmin);
  const active = reachable.find((name) => name === section) ?? 'profile';
  const Content = sections[active].content;
  if (section !== active && sectionNames.some((name) => name === section)) return <NotAllowed />;
  return (
    <Page wide title={t('settings.title')}>
      <div className={classes.layout}>
        {reachable.length > 1 && (
          <nav aria-label={t('settings.sections')} className={`${edges.edges} ${classes.sections}`}>
            {reachable.map((name) => {
              const Icon = sections[name].icon;
              return (
                <Link
                  key={name}
                  ref={name === active ? scrollIntoView : undefined}
                  to="/settings"
                  search={{ section: name }}
                  className={classes.link}
                  data-active={name === active || undefined}
                  aria-current={name === active ? 'page' : undefined}
                >
                  <Icon size={16} strokeWidth={1.8} aria-hidden />
                  {t(`settings.names.${name}`)}
                </Link>
              );
            })}
          </nav>
        )}
        <div className={classes.content}>
          <Suspense
            fallback={
              <Stack role="group" aria-busy="true" aria-label={t('common.loading')}>
                <Skeleton height={160} />
              </Stack>
            }
          >
            <Content />
          </Suspense>
        </div>
      </div>
    </Page>
  );
}
