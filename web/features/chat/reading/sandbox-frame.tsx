import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { SandboxContent, SandboxNews } from '../../../sandbox/sandbox-messages.ts';
import classes from './reading.module.css';

interface SandboxFrameProps {
  kind: SandboxContent['kind'];
  text: string;
  title: string;
  onFailed?: () => void;
}

const maxHeight = 560;

/** Shows what a model made as it is meant to look, in a frame that has no origin, no network and no way out. */
export function SandboxFrame({ kind, text, title, onFailed }: SandboxFrameProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [isReady, setIsReady] = useState(false);
  const [height, setHeight] = useState<number>();
  const dark = useComputedColorScheme('light') === 'dark' && kind === 'diagram';
  const handleFailure = useEffectEvent(() => onFailed?.());
  useEffect(() => {
    const hear = ({ data, source }: MessageEvent<SandboxNews>) => {
      if (source !== frame.current?.contentWindow) return;
      if (data.type === 'ready') setIsReady(true);
      if (data.type === 'shown') setHeight(Math.min(maxHeight, Number(data.height) || 0));
      if (data.type === 'failed') handleFailure();
    };
    window.addEventListener('message', hear);
    return () => window.removeEventListener('message', hear);
  }, []);
  useEffect(() => {
    if (!isReady) return;
    const content: SandboxContent = kind === 'markup' ? { kind, text } : { kind, text, dark };
    frame.current?.contentWindow?.postMessage(content, '*');
  }, [isReady, kind, text, dark]);
  return (
    <iframe
      ref={frame}
      className={classes.sandbox}
      data-dark={dark || undefined}
      style={{ height: height ?? 120 }}
      src="/sandbox.html"
      // Scripts are the frame's own; the server adds a policy that lets it load nothing but these.
      sandbox="allow-scripts"
      referrerPolicy="no-referrer"
      title={title}
    />
  );
}
