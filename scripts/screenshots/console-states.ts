import type { Page } from 'playwright-core';
import {
  ask,
  button,
  choose,
  type ConsoleState,
  dialog,
  field,
  fill,
  type Open,
  press,
  says,
  section,
  state,
  tab,
  inOrder,
} from './console-steps.ts';
import { spendingStates } from './spending-states.ts';

const people = (as: string, open: Open): ConsoleState => section('users', open, as);
const search = (page: Page) => page.getByRole('searchbox', { name: 'Find people' });

const refused = /status of 4\d\d/;
/** Once the server has gone. */
const gone = /status of 500|^500: |ERR_FAILED|ERR_CONNECTION|failed: net::/;
/** A chart is drawn from a box without a width. */
const ofChart = /leaves its box by .* in div\.null/;
/** Of five hundred, by a long name. */
const ofSomeone = (open: Open): Open => inOrder(fill('maximiliane', search), open);
const someone = /^Actions for Maximiliane/;
const selectFound = inOrder(fill('maximiliane', search), (page) => page.getByLabel(/^Select all/).click());
const several = (): string => ['one', 'two'].map((name) => `${name}.${Date.now()}@larkspur.example`).join('\n');
const imported = ['no address', 'person2@larkspur.example', 'x@larkspur.example, X, king']
  .concat(Array.from({ length: 20 }, (_, n) => `row${n}@larkspur.example, Person Number ${n}, member, Sales 1`))
  .join('\n');
const openImport = ask('Invite', 'From a list or CSV…');

const strangers: ConsoleState[] = [
  state('sign-in', '/login'),
  {
    ...state(
      'sign-in-wrong',
      '/login',
      inOrder(
        fill('somebody@larkspur.example', (page) => page.getByLabel('E-mail')),
        fill('not the password', (page) => page.getByRole('textbox', { name: 'Password' })),
        press('Sign in'),
        (page) => page.getByRole('alert').waitFor(),
      ),
    ),
    expected: refused,
  },
  state('sign-in-ended', '/login?ended=true'),
  state('invite', ({ inviteToken }) => `/invite/${inviteToken}`),
  { ...state('invite-gone', '/invite/no-such-invitation'), expected: refused },
].map((one) => ({ ...one, as: 'stranger' }));

const watching: ConsoleState[] = [
  state('overview', '/overview'),
  state('overview-stop-all', '/overview', ask('Stop all agents…')),
  state('knowledge', '/knowledge'),
  state('knowledge-directory', '/knowledge?directory=/data/handbook'),
  state(
    'knowledge-search',
    '/knowledge',
    inOrder(
      fill('leave', (page) => page.getByLabel('Look for')),
      press(/^Search$/),
      says(/passages?[.,]|Nothing was found/),
    ),
  ),
  state('knowledge-new', '/knowledge', ask('New directory')),
  state('knowledge-remove', '/knowledge?directory=/data/handbook', ask(/^Remove /)),
  state('knowledge-upload', '/knowledge?directory=/data/handbook', async (page) => {
    const files = Array.from({ length: 14 }, (_, n) => ({
      name: n === 3 ? 'leave.md' : `A new document with a rather long name, number ${n} ${Date.now()}.txt`,
      mimeType: 'text/plain',
      buffer: Buffer.from('text'),
    }));
    await page.locator('input[type=file]').first().setInputFiles(files);
    await page.getByText(/is there already/).waitFor();
  }),
  { ...state('usage', '/usage'), expected: ofChart },
  { ...state('usage-compare', '/usage?days=7&compare=true'), expected: ofChart },
  { ...state('usage-own-dates', '/usage?from=2026-11-05&to=2026-11-19'), expected: ofChart },
  state('usage-nothing', '/usage?from=2020-01-01&to=2020-01-19'),
  state('audit', '/audit'),
  state('audit-denied', '/audit?topic=denied'),
  state('audit-permissions', '/audit?topic=permissions'),
  state('audit-entry', '/audit?topic=permissions', ask(/Ada Marsh changed/)),
  state('audit-ids', '/audit?topic=permissions', inOrder(ask(/Ada Marsh changed/), press('Show ids and signature'))),
  state('audit-run', ({ run }) => `/audit?run=${run}`),
  state('audit-nothing', '/audit?search=nothing+of+that+name'),
  state('audit-verified', '/audit', inOrder(press('Verify the trail'), says('The trail is intact'))),
  state('approvals', '/approvals'),
  state('report', '/report'),
  state('not-found', '/no/such/page'),
  { ...state('not-allowed', '/usage'), as: 'member', expected: refused },
  { ...state('no-agent', '/agents/00000000-0000-4000-8000-000000000000/settings'), expected: refused },
  // Scalar's, as it comes.
  { ...state('api-docs', '/api/docs'), expected: /in li\.contents/ },
  {
    ...state('palette', '/usage', async (page) => {
      await page.keyboard.press('Control+k');
      await dialog(page).waitFor();
    }),
    expected: ofChart,
  },
];

const agents: ConsoleState[] = [
  state('gallery', '/agents'),
  state('gallery-review', '/agents?only=review&order=cost'),
  state('gallery-nothing', '/agents?q=nothing+of+that+name'),
  state('gallery-duplicate', '/agents', ask(/^Duplicate /)),
  state('new-agent', '/agents/new'),
  state('new-agent-knowledge', '/agents/new?template=knowledge-base'),
  state('new-agent-missing', '/agents/new', press('Create agent')),
  ...['general', 'personality', 'instructions', 'permissions', 'access', 'telegram', 'versions', 'delete'].map((name) =>
    tab(name),
  ),
  state('agent-permissions-odoo', ({ odooAgent }) => `/agents/${odooAgent}/settings?tab=permissions`),
  state('agent-own', ({ own }) => `/agents/${own}/settings`),
  tab(
    'general',
    fill('Something else', (page) => page.getByLabel('Tagline')),
    'agent-changed',
  ),
  tab(
    'general',
    inOrder(
      fill('Something else', (page) => page.getByLabel('Tagline')),
      (page) => page.getByRole('tab', { name: 'Access' }).click(),
      (page) => dialog(page).waitFor(),
    ),
    'agent-leave',
  ),
  // Beside the settings only where there is room.
  { ...tab('general', press(/^Try /), 'agent-try'), only: 'desktop' },
  tab('general', ask('Stop…'), 'agent-stop'),
  tab('versions', ask(/^Restore version/), 'agent-restore'),
  tab('delete', ask(/^Delete .*…$/), 'agent-deleting'),
];

const organisation: ConsoleState[] = [
  section('users', undefined, 'people'),
  people('people-found', fill('maximiliane', search)),
  people('people-selected', selectFound),
  people('people-group', inOrder(selectFound, ask('Add to a group…'))),
  people('people-deactivate-many', inOrder(selectFound, ask('Deactivate…'))),
  people('people-nobody', fill('nobody of that name', search)),
  people('people-menu', ofSomeone(press(someone))),
  people('people-access', ofSomeone(choose(someone, /^What they may use/))),
  people('people-reset', ofSomeone(choose(someone, /^Reset password/))),
  people(
    'people-reset-link',
    inOrder(ofSomeone(choose(someone, /^Reset password/)), press('Create reset link'), says('shown only now')),
  ),
  people('people-deactivate', ofSomeone(choose(someone, /^Deactivate/))),
  people('people-admin', ofSomeone(choose(someone, /^Make admin/))),
  people('people-invite', ask('Invite')),
  people('people-invite-link', async (page) => {
    await ask('Invite')(page);
    await field(page, /^E-mail/).fill(`${'long.'.repeat(9)}${Date.now()}@larkspur.example`);
    await inOrder(press('Create link'), says('shown only now'))(page);
  }),
  people('people-invite-several', async (page) => {
    await ask('Invite')(page);
    await field(page, /^E-mail/).fill(several());
    await inOrder(press(/^Create /), says('Pass on these links'))(page);
  }),
  people('people-import', openImport),
  people('people-import-checked', async (page) => {
    await openImport(page);
    await field(page, 'List').fill(imported);
    await inOrder(press('Check the list'), says(/people were found/))(page);
  }),
  section('groups', undefined, 'groups'),
  section('groups', ask('New group'), 'groups-new'),
  section('groups', ask(/^Members/), 'groups-members'),
  section('groups', choose(/^Actions for/, /^Delete/), 'groups-delete'),
  ...['profile', 'prompts', 'context', 'conversations', 'telegram', 'licence', 'security'].map((name) => section(name)),
  section('prompts', ask('New prompt'), 'settings-prompts-new'),
  section('prompts', ask(/^Delete /), 'settings-prompts-delete'),
  section('telegram', ask('Remove Telegram…'), 'settings-telegram-remove'),
  section('providers', undefined, 'providers'),
  section('providers', press(/^Connect Google/), 'providers-connect'),
  section('providers', press(/^Replace key of Anthropic/), 'providers-replace'),
  section('providers', ask(/^Remove Anthropic/), 'providers-remove'),
  section('providers', press(/^Change the limits/), 'providers-limits'),
  section('integrations', undefined, 'integrations'),
  section('integrations', ask('Add connection'), 'integrations-add'),
  section(
    'integrations',
    inOrder(ask('Add connection'), (page) => dialog(page).getByText('Web search', { exact: true }).click()),
    'integrations-add-web',
  ),
  section('integrations', choose(/^Actions for Larkspur Odoo/, /^Edit/), 'integrations-edit'),
  section('integrations', choose(/^Actions for Larkspur Odoo/, /^Delete/), 'integrations-delete'),
];

export const consoleStates: ConsoleState[] = [...strangers, ...watching, ...agents, ...organisation, ...spendingStates];

/** A page whose answers do not come, or say that the server failed. */
const without = (name: string, path: string, asks: string, answer: 'no answer' | 'a failure'): ConsoleState => ({
  name,
  expected: gone,
  async go({ page }) {
    await page.route(asks, (route) =>
      answer === 'no answer'
        ? route.abort()
        : route.fulfill({
            status: 500,
            json: { error: 'Something went wrong on the server.', code: 'internal', requestId: 'b7c2d1e0' },
          }),
    );
    await page.goto(path);
    await button(page, 'Try again').waitFor();
  },
});

/** Once what can go wrong has gone wrong. */
export const brokenStates: ConsoleState[] = [
  state('broken-overview', '/overview'),
  section('providers', undefined, 'broken-providers'),
  section('integrations', undefined, 'broken-integrations'),
  section('telegram', undefined, 'broken-telegram'),
  section('licence', undefined, 'broken-licence'),
  section('groups', undefined, 'broken-groups'),
  section('users', undefined, 'broken-users'),
  state('broken-knowledge', '/knowledge', (page) => page.getByText('cannot be read').last().scrollIntoViewIfNeeded()),
  state('broken-gallery', '/agents?only=stopped'),
  state('broken-agent-stopped', ({ stopped }) => `/agents/${stopped}/settings`),
  state('broken-agent-access', ({ agent }) => `/agents/${agent}/settings?tab=access`),
  state('broken-audit', '/audit'),
  state('broken-audit-verified', '/audit', inOrder(press('Verify the trail'), says(/changed after/))),
  state('broken-report', '/report'),
  state('broken-usage', '/usage'),
  without('broken-server', '/overview', '**/api/overview', 'a failure'),
  without('broken-no-answer', '/audit', '**/api/audit?*', 'no answer'),
];

/** Before anything is there, or anybody else. */
export const freshStates: ConsoleState[] = [
  state('fresh-overview', '/overview'),
  state('fresh-gallery', '/agents'),
  state('fresh-new-agent', '/agents/new'),
  state('fresh-knowledge', '/knowledge'),
  state('fresh-usage', '/usage'),
  state('fresh-audit', '/audit'),
  state('fresh-approvals', '/approvals'),
  ...['prompts', 'providers', 'integrations', 'telegram', 'users', 'groups', 'licence', 'security'].map((name) =>
    section(name, undefined, `fresh-${name}`),
  ),
];
