/** What a person agreed to on this device: that the browser's maker gets sound, or texts. */
export type Consent = 'dictation' | 'reading';

const nameOf = (userId: string, consent: Consent) => `pinchy.speech.${consent}.${userId}`;

export function hasAgreed(userId: string, consent: Consent): boolean {
  try {
    return localStorage.getItem(nameOf(userId, consent)) === 'yes';
  } catch {
    return false;
  }
}

/** A browser that refuses storage is asked each time. */
export function agree(userId: string, consent: Consent): void {
  try {
    localStorage.setItem(nameOf(userId, consent), 'yes');
  } catch {
    // Then it holds for this once.
  }
}
