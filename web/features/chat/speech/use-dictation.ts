import { useEffect, useRef, useState } from 'react';
import { useTranslation } from '../../../texts/language.ts';
import type { TextKey } from '../../../texts/translate.ts';
import { languageOfSpeech } from './language-of-speech.ts';
import type { Recognition, RecognitionConstructor, RecognitionErrorEvent, RecognitionEvent } from './recognition.ts';

const sentences: Record<string, TextKey> = {
  'not-allowed': 'speech.errors.notAllowed',
  'service-not-allowed': 'speech.errors.notAllowed',
  'audio-capture': 'speech.errors.noMicrophone',
  network: 'speech.errors.network',
  'language-not-supported': 'speech.errors.language',
};
/** Ends that nobody needs to be told of. */
const quiet: ReadonlySet<string> = new Set(['no-speech', 'aborted']);

interface DictationOptions {
  Recognition: RecognitionConstructor;
  onText: (text: string) => void;
  onError: (sentence: TextKey) => void;
}

/** Listens until it is stopped, the browser ends it, or the page does; what is certain is handed on piece by piece. */
export function useDictation({ Recognition, onText, onError }: DictationOptions) {
  const { locale } = useTranslation();
  const current = useRef<Recognition>(undefined);
  const [heard, setHeard] = useState<string>();
  const handlers = useRef({ onText, onError });
  useEffect(() => {
    handlers.current = { onText, onError };
  });
  useEffect(() => () => current.current?.abort(), []);

  function start(local: boolean): void {
    const recognition = new Recognition();
    recognition.lang = languageOfSpeech(locale, navigator.languages);
    recognition.continuous = true;
    recognition.interimResults = true;
    if (local) recognition.processLocally = true;
    recognition.addEventListener('result', (event) => {
      const { results, resultIndex } = event as RecognitionEvent;
      let uncertain = '';
      for (let index = resultIndex; index < results.length; index += 1) {
        const result = results[index]!;
        if (result.isFinal) handlers.current.onText(result[0].transcript.trim());
        else uncertain += result[0].transcript;
      }
      setHeard(uncertain.trim());
    });
    recognition.addEventListener('error', (event) => {
      const { error } = event as RecognitionErrorEvent;
      if (!quiet.has(error)) handlers.current.onError(sentences[error] ?? 'speech.errors.other');
    });
    recognition.addEventListener('end', () => {
      current.current = undefined;
      setHeard(undefined);
    });
    try {
      recognition.start();
      current.current = recognition;
      setHeard('');
    } catch {
      handlers.current.onError('speech.errors.other');
    }
  }

  return {
    listening: heard !== undefined,
    /** What it believes to have heard, while it is not sure. */
    heard: heard ?? '',
    start,
    stop: () => current.current?.stop(),
    language: languageOfSpeech(locale, navigator.languages),
  };
}
