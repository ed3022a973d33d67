import { ActionIcon } from '@mantine/core';
import { Mic, MicOff } from 'lucide-react';
import { Suspense, useState } from 'react';
import { loadPageTexts, translate, useTranslation, withPageTexts } from '../../../texts/language.ts';
import type { TextKey } from '../../../texts/translate.ts';
import { lazyPart } from '../../../ui/import-part.ts';
import { notifyProblem } from '../../../ui/notify.ts';
import { Tooltip } from '../../../ui/tooltip.tsx';
import classes from '../composer.module.css';
import { agree, hasAgreed } from './consent.ts';
import { localRecognition, recognitionOf } from './recognition.ts';
import { useDictation } from './use-dictation.ts';

const DictationQuestion = lazyPart(async () => ({
  default: (await withPageTexts(() => import('./dictation-question.tsx'))).DictationQuestion,
}));

interface DictateButtonProps {
  userId: string;
  /** A piece of what was said. */
  onText: (text: string) => void;
}

const Recognition = recognitionOf();

/** Nothing where the browser cannot listen. */
export default function DictateButton(props: DictateButtonProps) {
  return Recognition ? <Dictate {...props} recognition={Recognition} /> : null;
}

function Dictate({
  userId,
  onText,
  recognition,
}: DictateButtonProps & { recognition: NonNullable<typeof Recognition> }) {
  const { t } = useTranslation();
  const [question, setQuestion] = useState<{ installable: boolean }>();
  const dictation = useDictation({
    Recognition: recognition,
    onText,
    onError: (sentence: TextKey) => void loadPageTexts().then(() => notifyProblem(translate(sentence))),
  });
  const label = t(dictation.listening ? 'chat.stopDictating' : 'chat.dictate');

  async function toggle() {
    if (dictation.listening) return dictation.stop();
    const local = await localRecognition(recognition, dictation.language);
    if (local === 'now') return dictation.start(true);
    if (hasAgreed(userId, 'dictation')) return dictation.start(false);
    setQuestion({ installable: local === 'after-download' });
  }

  return (
    <>
      <Tooltip label={label}>
        <ActionIcon
          variant={dictation.listening ? 'light' : 'subtle'}
          color={dictation.listening ? undefined : 'gray'}
          size="lg"
          radius="xl"
          aria-label={label}
          aria-pressed={dictation.listening}
          onClick={() => void toggle()}
        >
          {dictation.listening ? <MicOff size={18} /> : <Mic size={18} />}
        </ActionIcon>
      </Tooltip>
      {dictation.listening && (
        <output className={classes.heard}>{dictation.heard === '' ? t('chat.listening') : dictation.heard}</output>
      )}
      {question && (
        <Suspense>
          <DictationQuestion
            recognition={recognition}
            language={dictation.language}
            installable={question.installable}
            onChosen={(local) => {
              setQuestion(undefined);
              if (!local) agree(userId, 'dictation');
              dictation.start(local);
            }}
            onClose={() => setQuestion(undefined)}
          />
        </Suspense>
      )}
    </>
  );
}
