import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import type { Demo, Story } from '../../../contract/setup.ts';
import { signIn, signOut } from '../../api/auth.ts';
import { call, setLeaving } from '../../api/client.ts';
import { finishBeforeLeaving } from '../../ui/before-leaving.ts';
import { notifyError } from '../../ui/notify.ts';
import { newConversation } from '../chat/conversation-address.ts';
import { writeDraft } from '../chat/draft.ts';
import { meQuery, sessionKeys } from '../session/session-queries.ts';
import { tellStory } from './current-story.ts';

/** Opens a story where it happens, as the person who sees it. */
export function useFollowStory({ password }: Demo): (story: Story) => Promise<void> {
  const router = useRouter();
  const queryClient = useQueryClient();
  return async (story) => {
    const { email } = story;
    const isSame = queryClient.getQueryData(meQuery.queryKey)?.email === email;
    try {
      if (isSame) {
        // A conversation that is open would keep its own draft over the story's.
        await router.navigate({ to: '/agents' });
        await new Promise((resolve) => setTimeout(resolve, 0));
      } else {
        if (queryClient.getQueryData(meQuery.queryKey)) {
          await finishBeforeLeaving();
          await signOut();
          queryClient.setQueryData(sessionKeys.me, null);
        }
        await signIn({ email, password });
      }
      const path = await findPath(story);
      tellStory(story.name);
      // A new document for a new person: nothing of the one before stays in memory.
      if (isSame) await router.navigate({ href: path });
      else window.location.assign(path);
    } catch (error) {
      setLeaving(false);
      notifyError(error);
    }
  };
}

async function findPath({ path, agent: name, question }: Story): Promise<string> {
  if (path) return path;
  const [agents, me] = await Promise.all([
    call('listAgents', { expectSignedOut: true }),
    call('getMe', { expectSignedOut: true }),
  ]);
  const agent = agents.find((one) => one.name === name && (!one.isPersonal || one.ownerId === me.id));
  if (!agent) return '/';
  if (!question) return `/chat/${agent.id}`;
  writeDraft(me.id, `${agent.id}:${newConversation}`, { text: question, attachments: [] });
  return `/chat/${agent.id}/${newConversation}`;
}
