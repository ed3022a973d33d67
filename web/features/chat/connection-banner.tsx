import { Button } from '@mantine/core';
import { useNetwork } from '@mantine/hooks';
import { CloudOff, LoaderCircle, ServerOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from '../../texts/language.ts';
import classes from './chat-page.module.css';
import { useChatSession } from './chat-socket-provider.tsx';
import { useConnection } from './use-chat.ts';

/** Says what stands between the person and an answer; silent during the short gaps that mend themselves. */
export function ConnectionBanner() {
  const { t } = useTranslation();
  const session = useChatSession();
  const { online } = useNetwork();
  const { connection, runtimeConnected } = useConnection();
  const open = connection.phase === 'open';
  const lasting = useLasting(!open, 1_200);
  const waiting = connection.phase === 'waiting';
  let content;
  if (!online && !open) content = <Line icon={<CloudOff size={15} aria-hidden />} text={t('chat.offline')} />;
  else if (lasting && !open) {
    content = (
      <>
        <Line icon={<LoaderCircle size={15} className={classes.spin} aria-hidden />} text={t('chat.reconnecting')} />
        {waiting && connection.attempt > 2 && (
          <Button size="compact-xs" variant="subtle" onClick={session.reconnect}>
            {t('chat.reconnectNow')}
          </Button>
        )}
      </>
    );
  } else if (open && !runtimeConnected)
    content = <Line icon={<ServerOff size={15} aria-hidden />} text={t('chat.runtimeDown')} />;
  return (
    <output className={classes.banner} data-empty={content ? undefined : true}>
      {content}
    </output>
  );
}

function Line({ icon, text }: { icon: React.ReactNode; text: string }) {
  return (
    <>
      {icon}
      <span>{text}</span>
    </>
  );
}

/** True once a state has lasted for so many milliseconds. */
function useLasting(state: boolean, duration: number): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!state) return undefined;
    const timer = setTimeout(() => setLasting(true), duration);
    return () => {
      clearTimeout(timer);
      setLasting(false);
    };
  }, [state, duration]);
  return lasting;
}
