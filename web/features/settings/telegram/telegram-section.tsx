import { useIsAdmin } from '../../session/session-queries.ts';
import { BotList } from './bot-list.tsx';
import { MainBot } from './main-bot.tsx';
import { OwnLink } from './own-link.tsx';

/** One's own account for everybody, and the bots for admins. */
export function TelegramSection() {
  const isAdmin = useIsAdmin();
  return (
    <>
      <OwnLink />
      {isAdmin && <MainBot />}
      {isAdmin && <BotList />}
    </>
  );
}
