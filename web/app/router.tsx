import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from '@tanstack/react-router';
import { queryClient } from '../api/query-client.ts';
import { agentQuery } from '../features/agents/agent-queries.ts';
import { readGallerySearch } from '../features/agents/gallery/gallery-search.ts';
import { readAuditSearch } from '../features/audit/audit-search.ts';
import { conversationsQuery } from '../features/chat/chat-queries.ts';
import { newConversation, temporaryConversation } from '../features/chat/conversation-address.ts';
import { readKnowledgeSearch } from '../features/knowledge/knowledge-search.ts';
import { readUsageSearch } from '../features/usage/usage-search.ts';
import { withPageTexts } from '../texts/language.ts';
import { importPart } from '../ui/import-part.ts';
import { NotAllowed } from '../ui/not-allowed.tsx';
import { ErrorPage } from './error-page.tsx';
import {
  requireAdmin,
  requireId,
  requireSignedIn,
  requireSignedOut,
  requireUnfinishedSetup,
  safeNext,
} from './guards.ts';
import { NotFoundPage } from './not-found-page.tsx';
import { PendingPage } from './pending-page.tsx';
import { Shell } from './shell/shell.tsx';

/** Asks for both at once, while the page's script still comes; what fails is asked again by the page, which shows it. */
function prefetchChat(agentId: string): void {
  requireId(agentId);
  void queryClient.prefetchQuery(agentQuery(agentId));
  void queryClient.prefetchQuery(conversationsQuery(agentId));
}

/** A page whose script comes when it is opened, or soon after the first one has: the service worker keeps them all. */
const startPage = <Module extends Record<string, unknown>>(load: () => Promise<Module>, name: keyof Module & string) =>
  lazyRouteComponent(() => importPart(load), name);

/** One whose texts are not among those that the app starts with. */
const page = <Module extends Record<string, unknown>>(load: () => Promise<Module>, name: keyof Module & string) =>
  startPage(() => withPageTexts(load), name);

const root = createRootRoute({ component: Outlet });

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  beforeLoad: requireUnfinishedSetup,
  component: page(() => import('../features/setup/setup-page.tsx'), 'SetupPage'),
});

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: (search: Record<string, unknown>): { next?: string | undefined; ended?: true | undefined } => ({
    next: safeNext(search.next),
    ended: search.ended === true || undefined,
  }),
  beforeLoad: requireSignedOut,
  component: startPage(() => import('../features/session/login-page.tsx'), 'LoginPage'),
});

const invite = createRoute({
  getParentRoute: () => root,
  path: '/invite/$token',
  component: page(() => import('../features/session/invite-page.tsx'), 'InvitePage'),
});

const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  beforeLoad: requireSignedIn,
  component: Shell,
});

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  component: page(() => import('../features/agents/home-page.tsx'), 'HomePage'),
});

/** `at` is the message to open a conversation at. */
const readPlace = ({ at }: Record<string, unknown>): { at?: string } => (typeof at === 'string' ? { at } : {});

// The page reads its parameters itself. Without a chat id it is the default conversation.
const chatPage = startPage(() => import('../features/chat/chat-page.tsx'), 'ChatPage');
const chat = createRoute({
  getParentRoute: () => shell,
  path: '/chat/$agentId',
  validateSearch: readPlace,
  loader: ({ params }) => prefetchChat(params.agentId),
  component: chatPage,
});
const conversation = createRoute({
  getParentRoute: () => shell,
  path: '/chat/$agentId/$chatId',
  validateSearch: readPlace,
  loader: ({ params: { agentId, chatId } }) => {
    if (chatId !== newConversation && chatId !== temporaryConversation) requireId(chatId);
    prefetchChat(agentId);
  },
  component: chatPage,
});

const shared = createRoute({
  getParentRoute: () => shell,
  path: '/shared/$shareId',
  component: page(() => import('../features/sharing/shared-page.tsx'), 'SharedPage'),
});

const gallery = createRoute({
  getParentRoute: () => shell,
  path: '/agents',
  validateSearch: readGallerySearch,
  component: page(() => import('../features/agents/gallery/gallery-page.tsx'), 'GalleryPage'),
});

const newAgent = createRoute({
  getParentRoute: () => shell,
  path: '/agents/new',
  validateSearch: ({ template }: Record<string, unknown>): { template?: string | undefined } => ({
    template: typeof template === 'string' ? template : undefined,
  }),
  loader: requireAdmin,
  notFoundComponent: NotAllowed,
  component: page(() => import('../features/agents/new-agent-page.tsx'), 'NewAgentPage'),
});

const agentSettings = createRoute({
  getParentRoute: () => shell,
  path: '/agents/$agentId/settings',
  validateSearch: (search: Record<string, unknown>): { tab?: string | undefined } => ({
    tab: typeof search.tab === 'string' ? search.tab : undefined,
  }),
  loader: ({ params }) => requireId(params.agentId),
  component: page(() => import('../features/agents/agent-settings-page.tsx'), 'AgentSettingsPage'),
});

interface SettingsSearch {
  section?: string | undefined;
  /** Of a new agent that waits for a connection. */
  template?: string | undefined;
}

const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  validateSearch: ({ section, template }: Record<string, unknown>): SettingsSearch => ({
    section: typeof section === 'string' ? section : undefined,
    template: typeof template === 'string' ? template : undefined,
  }),
  component: page(() => import('../features/settings/settings-page.tsx'), 'SettingsPage'),
});

const approvals = createRoute({
  getParentRoute: () => shell,
  path: '/approvals',
  component: page(() => import('../features/approvals/approvals-page.tsx'), 'ApprovalsPage'),
});

const overview = createRoute({
  getParentRoute: () => shell,
  path: '/overview',
  loader: requireAdmin,
  notFoundComponent: NotAllowed,
  component: page(() => import('../features/overview/overview-page.tsx'), 'OverviewPage'),
});

const knowledge = createRoute({
  getParentRoute: () => shell,
  path: '/knowledge',
  validateSearch: readKnowledgeSearch,
  loader: requireAdmin,
  notFoundComponent: NotAllowed,
  component: page(() => import('../features/knowledge/knowledge-page.tsx'), 'KnowledgePage'),
});

const report = createRoute({
  getParentRoute: () => shell,
  path: '/report',
  component: page(() => import('../features/report/report-page.tsx'), 'ReportPage'),
});

const usage = createRoute({
  getParentRoute: () => shell,
  path: '/usage',
  validateSearch: readUsageSearch,
  loader: requireAdmin,
  notFoundComponent: NotAllowed,
  component: page(() => import('../features/usage/usage-page.tsx'), 'UsagePage'),
});

const audit = createRoute({
  getParentRoute: () => shell,
  path: '/audit',
  validateSearch: readAuditSearch,
  loader: requireAdmin,
  notFoundComponent: NotAllowed,
  component: page(() => import('../features/audit/audit-page.tsx'), 'AuditPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    setup,
    login,
    invite,
    shell.addChildren([
      home,
      chat,
      conversation,
      shared,
      gallery,
      newAgent,
      agentSettings,
      settings,
      approvals,
      overview,
      knowledge,
      usage,
      audit,
      report,
    ]),
  ]),
  defaultErrorComponent: ErrorPage,
  defaultNotFoundComponent: NotFoundPage,
  defaultPendingComponent: PendingPage,
  defaultPendingMs: 300,
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
