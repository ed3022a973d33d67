import { begin, composerOf } from './conversations.ts';
import type { ChatState } from './chat-state.ts';

const section =
  (name: string, text: string): ChatState['go'] =>
  async ({ page }) => {
    await page.goto(`/settings?section=${name}`);
    await page.getByText(text).filter({ visible: true }).first().waitFor();
  };

/** Coming in, the frame around the chat, one's own settings, and what is not there. */
export const frameStates: ChatState[] = [
  {
    name: 'sign-in',
    as: 'stranger',
    async go({ page }) {
      await page.goto('/login');
      await page.getByLabel('E-mail').waitFor();
    },
  },
  {
    name: 'sign-in-de',
    as: 'stranger',
    language: 'de',
    async go({ page }) {
      await page.goto('/login');
      await page.getByLabel('E-Mail').waitFor();
    },
  },
  {
    name: 'sign-in-wrong',
    as: 'stranger',
    expected: /401/,
    async go({ page }) {
      await page.goto('/login');
      await page.getByLabel('E-mail').fill('nobody@larkspur.example');
      await page.getByRole('textbox', { name: 'Password' }).fill('not the password');
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'sign-in-demo',
    as: 'stranger',
    async go({ page }, { demo }) {
      await page.goto(`${demo.url}/login`);
      await page
        .getByRole('button', { name: /^Sign in as/ })
        .first()
        .waitFor();
    },
  },
  {
    name: 'invite',
    as: 'stranger',
    async go({ page }, { call }) {
      const email = `${'robin'.repeat(8)}${Date.now()}@larkspur.example`;
      const { token } = await call<{ token: string }>('POST', '/api/users/invite', { role: 'member', email });
      await page.goto(`/invite/${token}`);
      await page.getByText('This invitation is for').waitFor();
    },
  },
  {
    name: 'invite-unknown',
    as: 'stranger',
    expected: /404/,
    async go({ page }) {
      await page.goto('/invite/no-such-token');
      await page.getByText('This link is not known').waitFor();
    },
  },
  {
    name: 'setup-account',
    as: 'stranger',
    async go({ page }, { empty }) {
      await page.goto(`${empty.url}/setup`);
      await page.getByLabel('Password', { exact: true }).fill('password1234');
      await page.getByText('Not accepted').waitFor();
    },
  },
  {
    name: 'setup-provider',
    as: 'stranger',
    async go({ page, context }, { begun }) {
      const [name = '', value = ''] = begun.cookie.split('=');
      await context.addCookies([{ name, value, url: begun.url }]);
      await page.goto(`${begun.url}/setup`);
      await page.getByText('Anthropic').first().waitFor();
    },
  },
  {
    name: 'demo',
    as: 'stranger',
    async go({ page }, { demo }) {
      await page.goto(`${demo.url}/login`);
      await page
        .getByRole('button', { name: /^Sign in as/ })
        .first()
        .click();
      await page.waitForURL(({ pathname }) => !pathname.startsWith('/login'));
      await page.getByRole('main').waitFor();
    },
  },
  {
    name: 'no-provider',
    as: 'stranger',
    async go({ page, context, isPhone }, { begun }) {
      const [name = '', value = ''] = begun.cookie.split('=');
      await context.addCookies([{ name, value, url: begun.url }]);
      await page.goto(`${begun.url}/`);
      await composerOf(page).waitFor();
      if (isPhone) await page.getByRole('button', { name: 'Open menu' }).click();
      await page.getByText('Agents cannot answer yet').first().waitFor();
    },
  },
  {
    name: 'sidebar',
    only: 'phone',
    async go({ page }, { agents }) {
      await page.goto(`/chat/${agents.scribe}`);
      await page.getByRole('button', { name: 'Open menu' }).click();
      await page.getByRole('link', { name: 'Settings', exact: true }).waitFor();
    },
  },
  {
    name: 'sidebar-member',
    as: 'member',
    async go({ page, isPhone }, { agents }) {
      await page.goto(`/chat/${agents.scribe}/new`);
      await composerOf(page).waitFor();
      if (isPhone) await page.getByRole('button', { name: 'Open menu' }).click();
      await page.getByRole('link', { name: 'Settings', exact: true }).waitFor();
    },
  },
  {
    name: 'account-menu',
    as: 'member',
    async go({ page, isPhone }, { agents }) {
      await page.goto(`/chat/${agents.scribe}/new`);
      await composerOf(page).waitFor();
      if (isPhone) await page.getByRole('button', { name: 'Open menu' }).click();
      await page.getByRole('button', { name: /^Account:/ }).click();
      await page.getByRole('menuitem', { name: 'Sign out' }).waitFor();
    },
  },
  {
    name: 'drawer',
    only: 'phone',
    async go({ page }, { conversations }) {
      await page.goto(conversations.long);
      await page.getByRole('button', { name: 'Show conversations' }).click();
      await page.getByRole('navigation', { name: 'Conversations' }).filter({ visible: true }).waitFor();
    },
  },
  { name: 'settings-profile', as: 'member', go: section('profile', 'Your personal context') },
  { name: 'settings-telegram', as: 'member', go: section('telegram', 'Code from Telegram') },
  { name: 'settings-prompts', as: 'member', go: section('prompts', 'No prompts of your own yet.') },
  {
    name: 'settings-profile-de',
    as: 'member',
    language: 'de',
    async go({ page }) {
      await page.goto('/settings?section=profile');
      await page.getByText('Deutsch').first().waitFor();
    },
  },
  {
    name: 'report',
    async go({ page }) {
      await page.goto('/report');
      await page.getByRole('button', { name: 'Copy' }).first().waitFor();
    },
  },
  { name: 'report-member', as: 'member', go: async ({ page }) => void (await page.goto('/report')) },
  { name: 'for-admins', as: 'member', go: async ({ page }) => void (await page.goto('/usage')) },
  {
    name: 'not-found',
    async go({ page }) {
      await page.goto('/no/such/page');
      await page.getByText('There is nothing here').waitFor();
    },
  },
  {
    name: 'agent-stopped',
    as: 'member',
    async go({ page }, { call }) {
      const agent = await call('POST', '/api/agents', { name: `Halted ${Date.now()}`, templateId: 'custom' });
      await call('POST', `/api/agents/${agent.id}/stop`, {});
      await begin(page, agent.id);
      await page.getByText('is stopped: it answers nobody').waitFor();
    },
  },
  {
    name: 'taken-away',
    as: 'member',
    expected: /404/,
    async go({ page }, { call }) {
      const agent = await call('POST', '/api/agents', { name: 'Short-lived', templateId: 'custom' });
      await begin(page, agent.id);
      await call('DELETE', `/api/agents/${agent.id}`);
      await page.getByText('There is no such agent').waitFor();
    },
  },
  {
    name: 'offline',
    expected: /ERR_FAILED|ERR_INTERNET_DISCONNECTED|failed:/,
    async go({ page, context }, { conversations }) {
      await page.goto(conversations.sources);
      await page.getByText('leave a year').first().waitFor();
      await context.setOffline(true);
      await page.getByText('You are offline.').waitFor();
      await composerOf(page).fill('Is anybody there?');
      await page.getByRole('button', { name: 'Send', exact: true }).click();
      await page.getByRole('button', { name: 'Discard' }).waitFor();
    },
  },
];
