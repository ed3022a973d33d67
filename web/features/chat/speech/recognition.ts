// The Web Speech API as browsers have it; TypeScript's library does not know the part that listens.
// https://webaudio.github.io/web-speech-api/

export interface RecognitionEvent extends Event {
  resultIndex: number;
  results: ArrayLike<{ isFinal: boolean; 0: { transcript: string } }>;
}

export interface RecognitionErrorEvent extends Event {
  error: string;
}

export interface Recognition extends EventTarget {
  lang: string;
  continuous: boolean;
  interimResults: boolean;
  /** Only where the browser can listen without sending sound anywhere. */
  processLocally?: boolean;
  start(): void;
  stop(): void;
  abort(): void;
}

interface LanguageRequest {
  langs: string[];
  processLocally: boolean;
}

export interface RecognitionConstructor {
  new (): Recognition;
  available?(request: LanguageRequest): Promise<'available' | 'downloadable' | 'downloading' | 'unavailable'>;
  install?(request: LanguageRequest): Promise<boolean>;
}

/** Undefined where the browser cannot listen. */
export function recognitionOf(): RecognitionConstructor | undefined {
  const { SpeechRecognition, webkitSpeechRecognition } = window as Window & {
    SpeechRecognition?: RecognitionConstructor;
    webkitSpeechRecognition?: RecognitionConstructor;
  };
  return SpeechRecognition ?? webkitSpeechRecognition;
}

/** How the browser can listen in a language without sending sound anywhere: now, after a download, or not at all. */
export async function localRecognition(
  recognition: RecognitionConstructor,
  language: string,
): Promise<'now' | 'after-download' | 'no'> {
  try {
    const state = await recognition.available?.({ langs: [language], processLocally: true });
    if (state === 'available') return 'now';
    return state && state !== 'unavailable' && recognition.install ? 'after-download' : 'no';
  } catch {
    return 'no';
  }
}
