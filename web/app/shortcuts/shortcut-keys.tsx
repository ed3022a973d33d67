import { useHotkeys } from '@mantine/hooks';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Suspense, useEffect, useState } from 'react';
import { newConversation } from '../../features/chat/conversation-address.ts';
import { withPageTexts } from '../../texts/language.ts';
import { lazyPart } from '../../ui/import-part.ts';
import { isTaken } from '../../ui/taken-keys.ts';

const ShortcutSheet = lazyPart(() => withPageTexts(() => import('./shortcut-sheet.tsx')));

/** The keys that work on every page, and the sheet that tells of all. */
export function ShortcutKeys() {
  const navigate = useNavigate();
  const { agentId } = useParams({ strict: false });
  const [opened, setOpened] = useState(false);
  const [wanted, setWanted] = useState(false);
  if (opened && !wanted) setWanted(true);
  useEffect(() => {
    const handleKey = (event: KeyboardEvent) => {
      // In a field it is a question mark, and over the page keys have other meanings.
      const isOurs = event.key === '?' && !event.ctrlKey && !event.metaKey && !event.altKey && !isTaken(event.target);
      if (isOurs) setOpened(true);
    };
    document.addEventListener('keydown', handleKey);
    return () => document.removeEventListener('keydown', handleKey);
  }, []);
  // In fields as well.
  useHotkeys(
    [
      [
        'mod+shift+O',
        () => {
          if (agentId) void navigate({ to: '/chat/$agentId/$chatId', params: { agentId, chatId: newConversation } });
        },
      ],
    ],
    [],
  );
  if (!wanted) return null;
  return (
    <Suspense>
      <ShortcutSheet opened={opened} onClose={() => setOpened(false)} />
    </Suspense>
  );
}
