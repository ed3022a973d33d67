import type { Crowded } from '../crowded.ts';
import type { Looker, State } from '../every-page.ts';
import type { Conversations } from './conversations.ts';

/** What the walk through the chat has before it begins. */
export interface ChatWalk extends Crowded {
  conversations: Conversations;
  /** A product that nobody has set up, and one that has an account only, with its cookie. */
  empty: { url: string };
  begun: { url: string; cookie: string };
  demo: { url: string };
}

export type ChatState = State<ChatWalk>;

/** Phones keep the conversations in a drawer. */
export async function openList({ page }: Looker): Promise<void> {
  const button = page.getByRole('button', { name: 'Show conversations' });
  const list = page.getByRole('navigation', { name: 'Conversations' });
  await button.or(list).filter({ visible: true }).first().waitFor();
  if (await button.isVisible()) await button.click();
  await list.filter({ visible: true }).waitFor();
}
