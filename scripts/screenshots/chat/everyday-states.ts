import type { Looker } from '../every-page.ts';
import { longName } from '../crowded.ts';
import { begin, composerOf, say } from './conversations.ts';
import { type ChatState, type ChatWalk, openList } from './chat-state.ts';

const card = ({ page }: Looker) => page.getByRole('region', { name: 'Clerk asks for your approval' });

/** Asks for something that waits for the person's decision. */
const asked =
  (name: string, input: object): ChatState['go'] =>
  async (looker, { model, agents }) => {
    await begin(looker.page, agents.clerk);
    model.respond([{ toolCall: { name, input: { model: 'res.partner', ...input } } }]);
    await say(looker.page, 'Do it, please.');
    await card(looker).waitFor();
  };

/** What is deleted has to have been read. */
const readFirst = ({ model }: ChatWalk) =>
  model.respondNext([{ toolCall: { name: 'odoo_read', input: { model: 'res.partner', ids: [3] } } }]);

async function denyAll({ call, model }: ChatWalk): Promise<void> {
  model.respond([{ text: 'Then I leave it.' }]);
  const { approvals } = await call<{ approvals: { approvalId: string }[] }>('GET', '/api/approvals');
  for (const { approvalId } of approvals) await call('POST', `/api/approvals/${approvalId}`, { decision: 'deny' });
}

const menuOf = async (looker: Looker, item: string) => {
  await openList(looker);
  const list = looker.page.getByRole('navigation', { name: 'Conversations' }).filter({ visible: true });
  await list.getByRole('button', { name: 'More about conversations' }).click();
  await looker.page.getByRole('menuitem', { name: item, exact: true }).click();
};

/** What people do every day, beside reading. */
export const everydayStates: ChatState[] = [
  {
    name: 'new-with-starters',
    async go({ page }, { agents }) {
      await begin(page, agents.scribe);
      await page.getByRole('button', { name: 'How many days of leave do I have?', exact: true }).waitFor();
    },
  },
  {
    name: 'new-with-starters-de',
    language: 'de',
    async go({ page }, { agents }) {
      await page.goto(`/chat/${agents.scribe}/new`);
      await page.getByRole('button', { name: 'How many days of leave do I have?', exact: true }).waitFor();
    },
  },
  { name: 'new-member', as: 'member', go: ({ page }, { agents }) => begin(page, agents.long) },
  {
    name: 'smithers',
    as: 'member',
    async go({ page }, { call }) {
      const agents = await call<{ id: string; isPersonal: boolean }[]>('GET', '/api/agents', undefined, 'member');
      await begin(page, agents.find(({ isPersonal }) => isPersonal)?.id ?? '');
    },
  },
  {
    name: 'list-menu',
    async go(looker, { conversations, call, agents }) {
      const chatIds = [conversations.code.split('/').at(-1)];
      await call('PATCH', `/api/agents/${agents.scribe}/chats`, { chatIds, pinned: true });
      await looker.page.goto(conversations.long);
      await openList(looker);
      const list = looker.page.getByRole('navigation', { name: 'Conversations' }).filter({ visible: true });
      await list.getByRole('button', { name: /^Options of “Which orders/ }).click();
      await looker.page.getByRole('menuitem', { name: 'Rename' }).waitFor();
    },
  },
  {
    name: 'list-rename',
    async go(looker, { conversations }) {
      await looker.page.goto(conversations.long);
      await openList(looker);
      const list = looker.page.getByRole('navigation', { name: 'Conversations' }).filter({ visible: true });
      await list.getByRole('button', { name: /^Options of “Procurement/ }).click();
      await looker.page.getByRole('menuitem', { name: 'Rename' }).click();
      await looker.page.getByRole('dialog', { name: 'Rename conversation' }).waitFor();
    },
  },
  {
    name: 'list-several',
    async go(looker, { conversations }) {
      await looker.page.goto(conversations.long);
      await menuOf(looker, 'Select several');
      const list = looker.page.getByRole('navigation', { name: 'Conversations' }).filter({ visible: true });
      await list.getByRole('checkbox').nth(1).check();
      await list.getByRole('checkbox').nth(3).check();
      await list.getByText('2 selected').waitFor();
    },
  },
  {
    name: 'list-archive',
    async go(looker, { conversations, call, agents }) {
      const chatIds = [conversations.stopped.split('/').at(-1)];
      await call('PATCH', `/api/agents/${agents.scribe}/chats`, { chatIds, archived: true });
      await looker.page.goto(conversations.long);
      await menuOf(looker, 'Archived conversations');
      await looker.page.getByRole('heading', { name: 'Archive', exact: true }).filter({ visible: true }).waitFor();
    },
  },
  {
    name: 'temporary',
    async go(looker, { model, agents }) {
      model.respond([{ text: 'Understood.' }]);
      await looker.page.goto(`/chat/${agents.scribe}`);
      await menuOf(looker, 'Temporary conversation');
      await looker.page.getByRole('region', { name: 'Temporary conversation' }).waitFor();
      await say(looker.page, 'Only for now');
      await looker.page.getByText('Understood.', { exact: true }).waitFor();
      await looker.page.getByRole('button', { name: 'What stays' }).click();
    },
  },
  {
    name: 'attaching',
    async go({ page }, { agents }) {
      await begin(page, agents.long);
      await page.locator('input[type="file"]').setInputFiles([
        { name: 'empty.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) },
        { name: `${longName}.txt`, mimeType: 'text/plain', buffer: Buffer.from('Good') },
        { name: 'b.md', mimeType: 'text/plain', buffer: Buffer.from('Good') },
      ]);
      await page.getByRole('button', { name: 'Remove b.md' }).waitFor();
      await composerOf(page).fill(`${longName}\n`.repeat(9));
    },
  },
  {
    name: 'palette',
    async go({ page }, { conversations }) {
      await page.goto(conversations.sources);
      await page.getByText('leave a year').first().waitFor();
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').fill('mast');
      await page.getByRole('option').nth(1).waitFor();
    },
  },
  {
    name: 'shortcuts',
    only: 'desktop',
    async go({ page }) {
      await page.goto('/settings?section=profile');
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    },
  },
  {
    name: 'prompts-list',
    async go({ page }, { agents }) {
      await begin(page, agents.scribe);
      await composerOf(page).fill('');
      await composerOf(page).pressSequentially('/');
      await page.getByRole('listbox', { name: 'Prompts' }).waitFor();
    },
  },
  {
    name: 'prompts-fields',
    async go({ page }, { agents }) {
      await begin(page, agents.scribe);
      // Without what an earlier visit left there.
      await composerOf(page).fill('');
      await composerOf(page).pressSequentially('/house');
      await page.getByRole('option', { name: /House style/ }).click();
      await page.getByRole('dialog', { name: 'House style' }).waitFor();
    },
  },
  {
    name: 'prompts-library',
    async go({ page }) {
      await page.goto('/settings?section=prompts');
      await page.getByText('House style').waitFor();
    },
  },
  {
    name: 'prompts-library-fr',
    language: 'fr',
    async go({ page }) {
      await page.goto('/settings?section=prompts');
      await page.getByText('House style').waitFor();
    },
  },
  {
    name: 'about',
    async go({ page }, { agents }) {
      await page.goto(`/chat/${agents.clerk}/new`);
      await page.getByRole('button', { name: 'About Clerk' }).click();
      await page.getByRole('dialog', { name: 'About Clerk' }).getByText('What is kept').waitFor();
    },
  },
  {
    name: 'about-model',
    async go({ page }, { call, agents }) {
      const settings = { reasoningEffort: 'high', temperature: 0.7, maxOutputTokens: 64_000 };
      const { models } = await call<{ models: { id: string }[] }>('GET', '/api/providers/models');
      await call('PATCH', `/api/agents/${agents.long}`, { fallbackModel: models.at(-1)?.id, ...settings });
      await page.goto(`/chat/${agents.long}/new`);
      await page.getByRole('button', { name: /^About / }).click();
      await page.getByRole('dialog').getByText('If that one does not answer').waitFor();
    },
  },
  fallbackAnswer('fallback-answer', 'en'),
  fallbackAnswer('fallback-answer-fr', 'fr'),
  {
    name: 'list-delete',
    async go(looker, { conversations }) {
      await looker.page.goto(conversations.long);
      await openList(looker);
      const list = looker.page.getByRole('navigation', { name: 'Conversations' }).filter({ visible: true });
      await list.getByRole('button', { name: /^Options of “Procurement/ }).click();
      await looker.page.getByRole('menuitem', { name: 'Delete' }).click();
      await looker.page.getByRole('dialog', { name: 'Delete this conversation?' }).waitFor();
    },
  },
  {
    name: 'where',
    async go({ page }, { agents }) {
      await page.goto(`/chat/${agents.long}`);
      await page.getByRole('button', { name: /Only you/ }).click();
      await page.getByRole('dialog', { name: 'Who sees what here' }).waitFor();
    },
  },
  {
    name: 'approval-create',
    go: asked('odoo_create', { values: { name: longName, phone: '+43 1 23', parent_id: 1 } }),
  },
  {
    name: 'approval-raw',
    async go(looker, walk) {
      await asked('odoo_create', { values: { name: 'Initech' } })(looker, walk);
      await card(looker).getByText('Raw input').click();
    },
  },
  {
    name: 'approval-change',
    go: asked('odoo_write', { ids: [1], values: { phone: '+43 9 87', city: 'Linz', comment: longName } }),
  },
  {
    name: 'approval-delete',
    async go(looker, walk) {
      readFirst(walk);
      await asked('odoo_delete', { ids: [3] })(looker, walk);
    },
  },
  {
    name: 'approval-delete-de',
    language: 'de',
    async go({ page }, walk) {
      const { agents, model } = walk;
      await page.goto(`/chat/${agents.clerk}/new`);
      readFirst(walk);
      model.respond([{ toolCall: { name: 'odoo_delete', input: { model: 'res.partner', ids: [3] } } }]);
      await page.getByRole('textbox', { name: /^Nachricht an/ }).fill('Tu es.');
      await page.getByRole('button', { name: 'Senden', exact: true }).click();
      await page.getByRole('region', { name: 'Clerk bittet um Ihre Zustimmung' }).waitFor();
    },
  },
  {
    name: 'waiting',
    async go({ page }) {
      await page.goto('/approvals');
      await page.getByRole('region', { name: 'Clerk asks for your approval' }).nth(3).waitFor();
    },
  },
  {
    name: 'waiting-nothing',
    async go({ page }, walk) {
      await denyAll(walk);
      await page.goto('/approvals');
      await page.getByText('Nothing waits for you.').waitFor();
    },
  },
  {
    name: 'approval-always',
    async go(looker, walk) {
      walk.model.respondNext([
        { toolCall: { name: 'odoo_create', input: { model: 'res.partner', values: { name: 'A' } } } },
      ]);
      await begin(looker.page, walk.agents.clerk);
      walk.model.respond([{ text: 'Done.' }]);
      await say(looker.page, 'Create it.');
      await card(looker).getByRole('button', { name: 'Always allow this here' }).click();
      await looker.page.getByRole('region', { name: 'Without asking, in this conversation:' }).waitFor();
      await looker.page.getByText('Done.', { exact: true }).last().waitFor();
    },
  },
];

function fallbackAnswer(name: string, language: 'en' | 'fr'): ChatState {
  return {
    name,
    language,
    async go({ page }, { call, model }) {
      const { models } = await call<{ models: { id: string }[] }>('GET', '/api/providers/models');
      const [own, fallback] = models.map(({ id }) => id);
      const { id } = await call('POST', '/api/agents', { name: 'Understudied', templateId: 'custom', model: own });
      await call('PATCH', `/api/agents/${id}`, { fallbackModel: fallback });
      model.respond((request) =>
        own!.endsWith(request.model) ? [{ error: 'quota' }] : [{ text: 'It costs 4,800 euros.' }],
      );
      await page.goto(`/chat/${id}/new`);
      await page.locator('textarea:not([aria-hidden])').fill('What does a mast cost?');
      await page.locator('button:has(.lucide-arrow-up)').click();
      await page.getByText(/^(Answered by|Répondu par) /).waitFor();
    },
  };
}
