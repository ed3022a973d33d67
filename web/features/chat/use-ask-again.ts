import { useTranslation } from '../../texts/language.ts';
import { titleOfTool } from '../../texts/tool-titles.ts';
import { askToConfirm } from '../../ui/confirm.ts';
import type { ConversationAddress } from './conversation-address.ts';
import { useChatSession } from './chat-socket-provider.tsx';
import { changingCalls } from './ended-answer.ts';

/** Says the last message once more, after a question where tools have changed something for it; undefined when there is none. */
export function useAskAgain(address: ConversationAddress): (() => void) | undefined {
  const { t } = useTranslation();
  const session = useChatSession();
  const { messages } = session.state(address);
  const lastSaid = messages.findLast(({ role, content }) => role === 'user' && content !== '');
  if (!lastSaid) return undefined;
  // Its attachments are in the conversation already, and each can be sent once only.
  const ask = () => session.send(address, lastSaid.content, []);
  const changing = changingCalls(messages);
  if (changing.length === 0) return ask;
  return () =>
    askToConfirm({
      title: t('chat.askAgain'),
      body: t('chat.changedAlready', { tools: changing.map((name) => titleOfTool(t, name)).join(', ') }),
      confirm: t('chat.askAnyway'),
      action: async () => ask(),
    });
}
