import type { Page } from 'playwright-core';
import type { FullProduct } from './full-product.ts';

type Ids = FullProduct['ids'];

/** What a page of the console can look like. */
export interface State {
  name: string;
  /** Where it begins; without one, where the state before ended. */
  path?: (ids: Ids) => string;
  /** What is done there until it shows. */
  open?: (page: Page, ids: Ids) => Promise<unknown>;
  /** Only once connections fail. */
  isBroken?: boolean;
}

const at = (path: string) => () => path;
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first();
const press = async (page: Page, ...names: (string | RegExp)[]) => {
  for (const name of names) await button(page, name).click();
  await page.mouse.move(0, 0);
};
const item = async (page: Page, menu: RegExp, name: string | RegExp) => {
  await press(page, menu);
  await page.getByRole('menuitem', { name }).click();
  await page.getByRole('dialog').waitFor();
};
const dialog = (page: Page) => page.getByRole('dialog').first().waitFor();
const settings = (section: string) => at(`/settings?section=${section}`);
const tab = (name: string) => ({
  name: `agent-${name}`,
  path: ({ agent }: Ids) => `/agents/${agent}/settings?tab=${name}`,
});
const someone = /^Actions for Maximiliane/;

export const strangerStates: State[] = [
  { name: 'sign-in', path: at('/login') },
  {
    name: 'sign-in-wrong',
    path: at('/login'),
    async open(page) {
      await page.getByLabel('E-mail').fill('somebody@larkspur.example');
      await page.getByRole('textbox', { name: 'Password' }).fill('not the password');
      await press(page, 'Sign in');
      await page.getByRole('alert').waitFor();
    },
  },
  { name: 'sign-in-ended', path: at('/login?ended=true') },
  { name: 'invite', path: ({ inviteToken }) => `/invite/${inviteToken}` },
  { name: 'invite-gone', path: at('/invite/no-such-invitation') },
];

const agents: State[] = [
  { name: 'gallery', path: at('/agents') },
  { name: 'gallery-review', path: at('/agents?only=review&order=cost') },
  { name: 'gallery-nothing', path: at('/agents?q=nothing+of+that+name') },
  {
    name: 'gallery-duplicate',
    path: at('/agents'),
    open: (page) => press(page, /^Duplicate /).then(() => dialog(page)),
  },
  { name: 'new-agent', path: at('/agents/new') },
  { name: 'new-agent-knowledge', path: at('/agents/new?template=knowledge-base') },
  {
    name: 'new-agent-missing',
    path: at('/agents/new'),
    open: (page) => press(page, 'Create agent'),
  },
  ...['general', 'personality', 'instructions', 'permissions', 'access', 'telegram', 'versions', 'delete'].map(tab),
  { name: 'agent-permissions-odoo', path: ({ odooAgent }) => `/agents/${odooAgent}/settings?tab=permissions` },
  { name: 'agent-own', path: ({ own }) => `/agents/${own}/settings` },
  {
    name: 'agent-changed',
    path: ({ agent }) => `/agents/${agent}/settings?tab=general`,
    open: (page) => page.getByLabel('Tagline').fill('Something else'),
  },
  {
    name: 'agent-leave',
    open: async (page) => {
      await page.getByRole('tab', { name: 'Access' }).click();
      await dialog(page);
    },
  },
  {
    name: 'agent-try',
    path: ({ agent }) => `/agents/${agent}/settings?tab=general`,
    open: (page) => press(page, /^Try /),
  },
  {
    name: 'agent-restore',
    path: ({ agent }) => `/agents/${agent}/settings?tab=versions`,
    open: (page) => press(page, /^Restore version/).then(() => dialog(page)),
  },
  {
    name: 'agent-stop',
    path: ({ agent }) => `/agents/${agent}/settings?tab=general`,
    open: (page) => press(page, 'Stop…').then(() => dialog(page)),
  },
  {
    name: 'agent-deleting',
    path: ({ agent }) => `/agents/${agent}/settings?tab=delete`,
    open: (page) => press(page, /^Delete .*…$/).then(() => dialog(page)),
  },
];

const people: State[] = [
  { name: 'people', path: settings('users') },
  {
    name: 'people-found',
    open: (page) => page.getByRole('searchbox', { name: 'Find people' }).fill('maximiliane'),
  },
  { name: 'people-selected', open: (page) => page.getByLabel(/^Select all/).click() },
  { name: 'people-group', open: (page) => press(page, 'Add to a group…').then(() => dialog(page)) },
  {
    name: 'people-deactivate-many',
    async open(page) {
      await page.keyboard.press('Escape');
      await press(page, 'Deactivate…');
      await dialog(page);
    },
  },
  {
    name: 'people-nobody',
    path: settings('users'),
    open: (page) => page.getByRole('searchbox', { name: 'Find people' }).fill('nobody of that name'),
  },
  { name: 'people-menu', path: settings('users'), open: (page) => press(page, someone) },
  { name: 'people-access', path: settings('users'), open: (page) => item(page, someone, /^What they may use/) },
  { name: 'people-reset', path: settings('users'), open: (page) => item(page, someone, /^Reset password/) },
  { name: 'people-reset-link', open: (page) => press(page, 'Create reset link') },
  { name: 'people-deactivate', path: settings('users'), open: (page) => item(page, someone, /^Deactivate/) },
  { name: 'people-admin', path: settings('users'), open: (page) => item(page, someone, /^Make admin/) },
  { name: 'people-invite', path: settings('users'), open: (page) => press(page, 'Invite').then(() => dialog(page)) },
  {
    name: 'people-invite-link',
    async open(page) {
      await page.getByRole('dialog').getByLabel(/^E-mail/).fill(`${'long.'.repeat(9)}${Date.now()}@larkspur.example`);
      await press(page, 'Create link');
      await page.getByText('is shown only now').waitFor();
    },
  },
  {
    name: 'people-invite-several',
    path: settings('users'),
    async open(page) {
      await press(page, 'Invite');
      const addresses = ['one', 'two', 'three'].map((name) => `${name}.${Date.now()}@larkspur.example`);
      await page.getByRole('dialog').getByLabel(/^E-mail/).fill(['person2@larkspur.example', ...addresses].join('\n'));
      await press(page, /^Create (link|\d+ links)/);
      await page.getByText('Pass on these links').waitFor();
    },
  },
  {
    name: 'people-import',
    path: settings('users'),
    async open(page) {
      await press(page, 'Invite', 'From a list or CSV…');
      await page.getByRole('dialog').getByLabel('List').waitFor();
    },
  },
  {
    name: 'people-import-checked',
    async open(page) {
      const rows = Array.from({ length: 30 }, (_, n) => `row${n}@larkspur.example, Person Number ${n}, member, Sales 1`);
      const list = ['no address', 'person2@larkspur.example', 'x@larkspur.example, X, king', ...rows].join('\n');
      await page.getByRole('dialog').getByLabel('List').fill(list);
      await press(page, 'Check the list');
      await page.getByText(/people were found/).waitFor();
    },
  },
  { name: 'groups', path: settings('groups') },
  { name: 'groups-new', path: settings('groups'), open: (page) => press(page, 'New group').then(() => dialog(page)) },
  { name: 'groups-members', path: settings('groups'), open: (page) => press(page, /^Members/).then(() => dialog(page)) },
  { name: 'groups-delete', path: settings('groups'), open: (page) => item(page, /^Actions for/, /^Delete/) },
];

const sections: State[] = [
  ...['profile', 'prompts', 'context', 'conversations', 'telegram', 'licence', 'security'].map((name) => ({
    name: `settings-${name}`,
    path: settings(name),
  })),
  {
    name: 'settings-prompts-new',
    path: settings('prompts'),
    open: (page) => press(page, 'New prompt').then(() => dialog(page)),
  },
  {
    name: 'settings-prompts-delete',
    path: settings('prompts'),
    open: (page) => press(page, /^Delete /).then(() => dialog(page)),
  },
  {
    name: 'settings-telegram-remove',
    path: settings('telegram'),
    open: (page) => press(page, 'Remove Telegram…').then(() => dialog(page)),
  },
  { name: 'providers', path: settings('providers') },
  { name: 'providers-connect', path: settings('providers'), open: (page) => press(page, /^Connect Google/) },
  {
    name: 'providers-refused',
    async open(page) {
      await page.getByLabel('API key').fill('no-such-key');
      await press(page, 'Check and connect');
      await page.getByRole('alert').first().waitFor();
    },
  },
  { name: 'providers-replace', path: settings('providers'), open: (page) => press(page, /^Replace key of Anthropic/) },
  {
    name: 'providers-remove',
    path: settings('providers'),
    open: (page) => press(page, /^Remove Anthropic/).then(() => dialog(page)),
  },
  { name: 'providers-limits', path: settings('providers'), open: (page) => press(page, /^Change the limits/) },
  { name: 'integrations', path: settings('integrations') },
  {
    name: 'integrations-add',
    path: settings('integrations'),
    open: (page) => press(page, 'Add connection').then(() => dialog(page)),
  },
  {
    name: 'integrations-add-web',
    open: (page) => page.getByRole('dialog').getByText('Web search', { exact: true }).click(),
  },
  {
    name: 'integrations-edit',
    path: settings('integrations'),
    open: (page) => item(page, /^Actions for Larkspur Odoo/, /^Edit/),
  },
  {
    name: 'integrations-delete',
    path: settings('integrations'),
    open: (page) => item(page, /^Actions for Larkspur Odoo/, /^Delete/),
  },
];

const watching: State[] = [
  { name: 'overview', path: at('/overview') },
  { name: 'overview-stop-all', open: (page) => press(page, 'Stop all agents…').then(() => dialog(page)) },
  { name: 'knowledge', path: at('/knowledge') },
  { name: 'knowledge-directory', path: at('/knowledge?directory=/data/handbook') },
  {
    name: 'knowledge-search',
    path: at('/knowledge'),
    async open(page) {
      await page.getByLabel('Look for').fill('leave');
      await press(page, /^Search$/);
      await page.getByText(/passage|Nothing was found/).last().waitFor();
    },
  },
  { name: 'knowledge-new', path: at('/knowledge'), open: (page) => press(page, 'New directory').then(() => dialog(page)) },
  {
    name: 'knowledge-remove',
    path: at('/knowledge?directory=/data/handbook'),
    open: (page) => press(page, /^Remove /).then(() => dialog(page)),
  },
  {
    name: 'knowledge-upload',
    path: at('/knowledge?directory=/data/handbook'),
    async open(page) {
      const files = Array.from({ length: 14 }, (_, n) => ({
        name: n === 3 ? 'leave.md' : `A new document with a rather long name, number ${n} ${Date.now()}.txt`,
        mimeType: 'text/plain',
        buffer: Buffer.from('text'),
      }));
      await page.locator('input[type=file]').first().setInputFiles(files);
      await page.getByText(/is there already/).waitFor();
    },
  },
  { name: 'usage', path: at('/usage') },
  { name: 'usage-compare', path: at('/usage?days=7&compare=true') },
  { name: 'usage-own-dates', path: at('/usage?from=2026-11-05&to=2026-11-19') },
  { name: 'usage-nothing', path: at('/usage?from=2020-01-01&to=2020-01-19') },
  { name: 'audit', path: at('/audit') },
  { name: 'audit-denied', path: at('/audit?topic=denied') },
  { name: 'audit-permissions', path: at('/audit?topic=permissions') },
  { name: 'audit-entry', open: (page) => press(page, /Ada Marsh changed/).then(() => dialog(page)) },
  { name: 'audit-ids', open: (page) => press(page, 'Show ids and signature') },
  { name: 'audit-run', path: ({ run }) => `/audit?run=${run}` },
  { name: 'audit-nothing', path: at('/audit?search=nothing+of+that+name') },
  {
    name: 'audit-verified',
    path: at('/audit'),
    async open(page) {
      await press(page, 'Verify the trail');
      await page.getByText('The trail is intact').waitFor();
    },
  },
  { name: 'approvals', path: at('/approvals') },
  { name: 'report', path: at('/report') },
  { name: 'not-found', path: at('/no/such/page') },
  { name: 'no-agent', path: at('/agents/00000000-0000-4000-8000-000000000000/settings') },
  { name: 'api-docs', path: at('/api/docs') },
  {
    name: 'palette',
    path: at('/usage'),
    async open(page) {
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.keyboard.press('Control+k');
      await dialog(page);
    },
  },
];

const broken: State[] = [
  { name: 'broken-overview', path: at('/overview') },
  { name: 'broken-providers', path: settings('providers') },
  { name: 'broken-integrations', path: settings('integrations') },
].map((state) => ({ ...state, isBroken: true }));

export const consoleStates: State[] = [...watching, ...agents, ...people, ...sections, ...broken];
