import type { Page } from 'playwright-core';
import type { State } from './every-page.ts';
import type { FullProduct } from './full-product.ts';

type Ids = FullProduct['ids'];
type Open = (page: Page) => Promise<unknown>;
type ConsoleState = State<FullProduct>;

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first();
const dialog = (page: Page) => page.getByRole('dialog').first();
const field = (page: Page, label: string | RegExp) => dialog(page).getByLabel(label);

/** Buttons one after the other. */
const press =
  (...names: (string | RegExp)[]): Open =>
  async (page) => {
    for (const name of names) await button(page, name).click();
    await page.mouse.move(0, 0);
  };

/** Buttons that lead to a dialog. */
const ask =
  (...names: (string | RegExp)[]): Open =>
  async (page) => {
    await press(...names)(page);
    await dialog(page).waitFor();
  };

const choose =
  (menu: RegExp, name: RegExp): Open =>
  async (page) => {
    await button(page, menu).click();
    await page.getByRole('menuitem', { name }).click();
    await dialog(page).waitFor();
  };

const then =
  (...steps: Open[]): Open =>
  async (page) => {
    for (const step of steps) await step(page);
  };

const fill =
  (text: string, find: (page: Page) => ReturnType<Page['getByLabel']>): Open =>
  (page) =>
    find(page).fill(text);

const says =
  (text: string | RegExp): Open =>
  (page) =>
    page.getByText(text).first().waitFor();

/** Counts what comes while something is done, and how long the page's main thread works. */
async function measure(page: Page, work: () => Promise<unknown>): Promise<{ requests: number; busyMs: number }> {
  let requests = 0;
  const count = () => void (requests += 1);
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  page.on('request', count);
  await work();
  page.off('request', count);
  const { metrics } = await session.send('Performance.getMetrics');
  await session.detach();
  return { requests, busyMs: Math.round(1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0)) };
}

function state(name: string, path: string | ((ids: Ids) => string), open?: Open): ConsoleState {
  return {
    name,
    async go({ page }, { ids }) {
      const { requests, busyMs } = await measure(page, async () => {
        await page.goto(typeof path === 'string' ? path : path(ids), { waitUntil: 'networkidle' });
        await page.getByRole('heading', { level: 1 }).first().waitFor();
      });
      console.log(`${name}: ${requests} requests, main thread busy for ${busyMs} ms`);
      await open?.(page);
    },
  };
}

const section = (name: string, open?: Open, as = `settings-${name}`): ConsoleState =>
  state(as, `/settings?section=${name}`, open);
const tab = (name: string, open?: Open, as = `agent-${name}`): ConsoleState =>
  state(as, ({ agent }) => `/agents/${agent}/settings?tab=${name}`, open);
const people = (as: string, open: Open): ConsoleState => section('users', open, as);
const search = (page: Page) => page.getByRole('searchbox', { name: 'Find people' });

const refused = /status of 4\d\d/;
/** Once the server has gone. */
const gone = /status of 500|^500: |ERR_FAILED|ERR_CONNECTION|failed: net::/;
/** A chart is drawn from a box without a width. */
const ofChart = /leaves its box by .* in div\.null/;
/** Of five hundred, by a long name. */
const ofSomeone = (open: Open): Open => then(fill('maximiliane', search), open);
const someone = /^Actions for Maximiliane/;
const selectFound = then(fill('maximiliane', search), (page) => page.getByLabel(/^Select all/).click());
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
      then(
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
    then(
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
  state('audit-ids', '/audit?topic=permissions', then(ask(/Ada Marsh changed/), press('Show ids and signature'))),
  state('audit-run', ({ run }) => `/audit?run=${run}`),
  state('audit-nothing', '/audit?search=nothing+of+that+name'),
  state('audit-verified', '/audit', then(press('Verify the trail'), says('The trail is intact'))),
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
    then(
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
  people('people-group', then(selectFound, ask('Add to a group…'))),
  people('people-deactivate-many', then(selectFound, ask('Deactivate…'))),
  people('people-nobody', fill('nobody of that name', search)),
  people('people-menu', ofSomeone(press(someone))),
  people('people-access', ofSomeone(choose(someone, /^What they may use/))),
  people('people-reset', ofSomeone(choose(someone, /^Reset password/))),
  people(
    'people-reset-link',
    then(ofSomeone(choose(someone, /^Reset password/)), press('Create reset link'), says('shown only now')),
  ),
  people('people-deactivate', ofSomeone(choose(someone, /^Deactivate/))),
  people('people-admin', ofSomeone(choose(someone, /^Make admin/))),
  people('people-invite', ask('Invite')),
  people('people-invite-link', async (page) => {
    await ask('Invite')(page);
    await field(page, /^E-mail/).fill(`${'long.'.repeat(9)}${Date.now()}@larkspur.example`);
    await then(press('Create link'), says('shown only now'))(page);
  }),
  people('people-invite-several', async (page) => {
    await ask('Invite')(page);
    await field(page, /^E-mail/).fill(several());
    await then(press(/^Create /), says('Pass on these links'))(page);
  }),
  people('people-import', openImport),
  people('people-import-checked', async (page) => {
    await openImport(page);
    await field(page, 'List').fill(imported);
    await then(press('Check the list'), says(/people were found/))(page);
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
    then(ask('Add connection'), (page) => dialog(page).getByText('Web search', { exact: true }).click()),
    'integrations-add-web',
  ),
  section('integrations', choose(/^Actions for Larkspur Odoo/, /^Edit/), 'integrations-edit'),
  section('integrations', choose(/^Actions for Larkspur Odoo/, /^Delete/), 'integrations-delete'),
];

export const consoleStates: ConsoleState[] = [...strangers, ...watching, ...agents, ...organisation];

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
  state('broken-audit-verified', '/audit', then(press('Verify the trail'), says(/changed after/))),
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
