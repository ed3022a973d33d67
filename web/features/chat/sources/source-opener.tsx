import { type ReactNode, Suspense, useCallback, useState } from 'react';
import { withPageTexts } from '../../../texts/language.ts';
import { lazyPart } from '../../../ui/import-part.ts';
import { OpenSourceContext, type WantedSource } from './source-context.tsx';

const SourceDrawer = lazyPart(() => withPageTexts(() => import('./source-drawer.tsx')));

/** Around a conversation: whatever in it leads to a source opens it here. */
export function SourceOpener({ children }: { children: ReactNode }) {
  const [wanted, setWanted] = useState<WantedSource>();
  const [opened, setOpened] = useState(false);
  const open = useCallback((next: WantedSource) => {
    setWanted(next);
    setOpened(true);
  }, []);
  return (
    <OpenSourceContext value={open}>
      {children}
      {wanted && (
        <Suspense fallback={null}>
          <SourceDrawer
            key={`${wanted.messageId} ${wanted.source.number}`}
            wanted={wanted}
            opened={opened}
            onClose={() => setOpened(false)}
          />
        </Suspense>
      )}
    </OpenSourceContext>
  );
}
