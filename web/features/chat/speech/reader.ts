import { languageOfSpeech } from './language-of-speech.ts';
import { piecesOf, spokenText } from './spoken-text.ts';

let reading: string | undefined;
const listeners = new Set<() => void>();

function setReading(next: string | undefined): void {
  reading = next;
  for (const listener of listeners) listener();
}

/** What is being read aloud. */
export const readingOf = (): string | undefined => reading;
export function subscribeToReading(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

let known: readonly SpeechSynthesisVoice[] = [];
/** The browser's voices; some browsers find them only after a while. The same list until there are others. */
export function voices(): readonly SpeechSynthesisVoice[] {
  const found = speechSynthesis.getVoices();
  if (found.length !== known.length || found.some((voice, index) => voice !== known[index])) known = found;
  return known;
}
export function subscribeToVoices(listener: () => void): () => void {
  speechSynthesis.addEventListener('voiceschanged', listener);
  return () => speechSynthesis.removeEventListener('voiceschanged', listener);
}

/** A voice of the language: one on the device rather than one of a service, one of the region rather than another. */
export function chooseVoice(all: readonly SpeechSynthesisVoice[], locale: string): SpeechSynthesisVoice | undefined {
  const wanted = languageOfSpeech(locale, navigator.languages).toLowerCase();
  const language = wanted.split('-')[0];
  const codeOf = (voice: SpeechSynthesisVoice) => voice.lang.replace('_', '-').toLowerCase();
  const score = (voice: SpeechSynthesisVoice) =>
    (voice.localService ? 4 : 0) + (codeOf(voice) === wanted ? 2 : 0) + (voice.default ? 1 : 0);
  return all
    .filter((voice) => codeOf(voice).split('-')[0] === language)
    .toSorted((left, right) => score(right) - score(left))[0];
}

/** Resolves when all is read, or it was stopped. @throws when the browser cannot */
export function readAloud({
  id,
  text,
  voice,
  locale,
}: {
  id: string;
  text: string;
  voice: SpeechSynthesisVoice;
  locale: string;
}): Promise<void> {
  speechSynthesis.cancel();
  const pieces = piecesOf(spokenText(text), locale);
  if (pieces.length === 0) return Promise.resolve();
  setReading(id);
  const path = location.pathname;
  window.addEventListener('pagehide', () => stopReading(id), { once: true });
  return new Promise((resolve, reject) => {
    const end = (error?: unknown) => {
      if (reading === id) setReading(undefined);
      if (error) reject(error instanceof Error ? error : new Error('It could not be read aloud.'));
      else resolve();
    };
    for (const [index, piece] of pieces.entries()) {
      const utterance = new SpeechSynthesisUtterance(piece);
      utterance.voice = voice;
      utterance.lang = voice.lang;
      // The row that began it may be out of sight when another page is opened.
      utterance.addEventListener('start', () => {
        if (location.pathname !== path) stopReading(id);
      });
      utterance.addEventListener('error', ({ error }) => {
        if (error === 'canceled' || error === 'interrupted') end();
        else {
          speechSynthesis.cancel();
          end(new Error(error));
        }
      });
      if (index === pieces.length - 1) utterance.addEventListener('end', () => end());
      speechSynthesis.speak(utterance);
    }
  });
}

/** Ends it if it is this that is read. */
export function stopReading(id: string): void {
  if (reading !== id) return;
  setReading(undefined);
  speechSynthesis.cancel();
}
