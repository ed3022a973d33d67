import type { Looker } from '../every-page.ts';
import { unbroken } from '../crowded.ts';
import { type ChatState, type ChatWalk, openList } from './chat-state.ts';

/** Shares what was said of the orders with the member, by the API, and returns the id that the link has. */
async function shareAgain({ conversations, call }: ChatWalk): Promise<string> {
  await call('PUT', '/api/settings/sharing', { enabled: true });
  const { id } = await call('GET', '/api/users/me', undefined, 'member');
  const [agentId = '', chatId = ''] = conversations.table.split('/').slice(2);
  return (await call('PUT', `/api/agents/${agentId}/chats/${chatId}/share`, { userIds: [id] })).id;
}

/** Opens what shares a conversation, whose title begins so. */
async function openDialog(looker: Looker, path: string, title: string): Promise<void> {
  const { page } = looker;
  await page.goto(path);
  await openList(looker);
  const list = page.getByRole('navigation', { name: 'Conversations' }).filter({ visible: true });
  await list.getByRole('button', { name: new RegExp(`^Options of “${title}`) }).click();
  await page.getByRole('menuitem', { name: 'Share…' }).click();
  await page.getByRole('dialog', { name: 'Share this conversation' }).getByText('Who may read it').waitFor();
}

/** So many that their list scrolls. */
async function haveGroups({ call }: ChatWalk): Promise<void> {
  const groups = await call<{ name: string }[]>('GET', '/api/groups');
  if (groups.length > 20) return;
  for (let number = 1; number <= 20; number += 1)
    await call('POST', '/api/groups', { name: `Team ${number}${number % 5 === 0 ? ` ${unbroken}` : ''}` });
}

/** Conversations that others may read. */
export const sharingStates: ChatState[] = [
  {
    name: 'share',
    async go(looker, walk) {
      await shareAgain(walk);
      await openDialog(looker, walk.conversations.table, 'Which orders');
      await looker.page.getByLabel('Link', { exact: true }).waitFor();
    },
  },
  {
    name: 'share-stop',
    async go(looker, walk) {
      await shareAgain(walk);
      await openDialog(looker, walk.conversations.table, 'Which orders');
      await looker.page.getByRole('button', { name: 'Stop sharing' }).click();
      await looker.page.getByRole('dialog', { name: 'Stop sharing this conversation?' }).waitFor();
    },
  },
  {
    name: 'share-many',
    async go(looker, walk) {
      await shareAgain(walk);
      await haveGroups(walk);
      await openDialog(looker, walk.conversations.code, 'Show me the code');
      await looker.page.getByLabel('Team 1', { exact: true }).check();
    },
  },
  {
    name: 'shared',
    as: 'member',
    async go(looker, walk) {
      await looker.page.goto(`/shared/${await shareAgain(walk)}`);
      await looker.page.getByText('Azure Interior').first().waitFor();
    },
  },
  {
    name: 'shared-gone',
    as: 'member',
    expected: /404/,
    async go({ page }) {
      await page.goto('/shared/2f0d9c1e-31b2-4f66-9d1a-2f4a7e0f1a11');
      await page.getByText('This conversation cannot be read').waitFor();
    },
  },
];
