import { ActionIcon } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Volume2, VolumeX } from 'lucide-react';
import { Suspense, useEffect, useState, useSyncExternalStore } from 'react';
import { loadPageTexts, translate, useTranslation, withPageTexts } from '../../../texts/language.ts';
import { lazyPart } from '../../../ui/import-part.ts';
import { notifyProblem } from '../../../ui/notify.ts';
import { Tooltip } from '../../../ui/tooltip.tsx';
import { useMe } from '../../session/session-queries.ts';
import { agree, hasAgreed } from './consent.ts';
import {
  chooseVoice,
  readAloud,
  readingOf,
  stopReading,
  subscribeToReading,
  subscribeToVoices,
  voices,
} from './reader.ts';

const ReadingQuestion = lazyPart(async () => ({
  default: (await withPageTexts(() => import('./reading-question.tsx'))).ReadingQuestion,
}));

interface ReadAloudButtonProps {
  /** Whose text it is; one is read at a time. */
  id: string;
  text: () => string;
}

/** Nothing where the browser has no voice. */
export default function ReadAloudButton({ id, text }: ReadAloudButtonProps) {
  const { t, locale } = useTranslation();
  const me = useMe();
  const known = useSyncExternalStore(subscribeToVoices, voices);
  const reading = useSyncExternalStore(subscribeToReading, readingOf) === id;
  const [asking, setAsking] = useState(false);
  const start = useMutation({
    mutationFn: (voice: SpeechSynthesisVoice) => readAloud({ id, text: text(), voice, locale }),
    onError: () => void loadPageTexts().then(() => notifyProblem(translate('speech.errors.reading'))),
  });
  // The list drops rows that are out of sight, which are read on; another page ends it.
  useEffect(() => {
    const path = location.pathname;
    return () => void setTimeout(() => location.pathname !== path && stopReading(id));
  }, [id]);
  const voice = chooseVoice(known, locale);
  if (!voice) return null;
  const label = t(reading ? 'chat.stopReading' : 'chat.readAloud');
  const toggle = () => {
    if (reading) stopReading(id);
    else if (voice.localService || hasAgreed(me.id, 'reading')) start.mutate(voice);
    else setAsking(true);
  };
  return (
    <>
      <Tooltip label={label}>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={label} aria-pressed={reading} onClick={toggle}>
          {reading ? <VolumeX size={14} /> : <Volume2 size={14} />}
        </ActionIcon>
      </Tooltip>
      {asking && (
        <Suspense>
          <ReadingQuestion
            onAgreed={() => {
              agree(me.id, 'reading');
              setAsking(false);
              start.mutate(voice);
            }}
            onClose={() => setAsking(false)}
          />
        </Suspense>
      )}
    </>
  );
}
