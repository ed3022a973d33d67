import { Button } from '@mantine/core';
import { useNetwork } from '@mantine/hooks';
import { CloudOff, LoaderCircle, ServerOff } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from '../../texts/language.ts';
import { useChatSession } from './chat-socket-provider.tsx';
import classes from './socket-banner.module.css';
import { useSocketState } from './use-chat.ts';

/** On every page: says that the server cannot be reached. Silent during the short gaps that mend themselves. */
export function SocketBanner() {
  const { t } = useTranslation();
  const session = useChatSession();
  const { online } = useNetwork();
  const { status } = useSocketState();
  const open = status.phase === 'open';
  const lasting = useLasting(!open, 1_200);
  const waiting = status.phase === 'waiting';
  let content;
  if (!online && !open) content = <Line icon={<CloudOff size={15} aria-hidden />} text={t('chat.offline')} />;
  else if (lasting && !open) {
    content = (
      <>
        <Line icon={<LoaderCircle size={15} className={classes.spin} aria-hidden />} text={t('chat.reconnecting')} />
        {waiting && status.attempt > 2 && (
          <Button size="compact-xs" variant="subtle" onClick={session.reconnect}>
            {t('chat.reconnectNow')}
          </Button>
        )}
      </>
    );
  }
  return <Banner isSticky>{content}</Banner>;
}

/** In a chat: the server is there, what answers is not. */
export function RuntimeBanner() {
  const { t } = useTranslation();
  const { status, runtimeConnected } = useSocketState();
  const isDown = status.phase === 'open' && !runtimeConnected;
  return <Banner>{isDown && <Line icon={<ServerOff size={15} aria-hidden />} text={t('chat.runtimeDown')} />}</Banner>;
}

function Banner({ children, isSticky }: { children: ReactNode; isSticky?: boolean }) {
  const className = isSticky ? `${classes.banner} ${classes.sticky}` : classes.banner;
  return (
    <output className={className} data-empty={children ? undefined : true}>
      {children}
    </output>
  );
}

function Line({ icon, text }: { icon: ReactNode; text: string }) {
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
