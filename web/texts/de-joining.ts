import type { joining as english } from './en-joining.ts';

export const joining: typeof english = {
  strengthLabel: 'Passwortstärke: {{strength}}',
  strengthTooShort: 'Wird nicht angenommen: mindestens 8 Zeichen',
  strengthTooLong: 'Wird nicht angenommen: höchstens 128 Zeichen',
  strengthCommon: 'Wird nicht angenommen: steht auf den Listen, die Angreifer zuerst versuchen',
  strengthWeak: 'Leicht zu erraten: machen Sie es länger',
  strengthFair: 'Mittel',
  strengthGood: 'Gut',
  strengthStrong: 'Stark',
  passwordHint: 'Mindestens 8 Zeichen. Ein paar Wörter ohne Zusammenhang sind stark und leicht zu merken.',
  inviteTitle: 'Kommen Sie zu Ihrem Team auf Pinchy',
  inviteIntro: 'Wählen Sie, wie Sie heißen möchten, und ein Passwort; dann sind Sie dabei.',
  inviteFor: 'Diese Einladung gilt für {{email}}.',
  join: 'Konto anlegen',
  resetTitle: 'Neues Passwort festlegen',
  resetIntro: 'Für {{email}}. Ihre anderen Sitzungen werden abgemeldet.',
  newPassword: 'Neues Passwort',
  setPassword: 'Passwort festlegen',
  resetDone: 'Ihr Passwort ist festgelegt. Melden Sie sich jetzt damit an.',
  joinedSignIn: 'Ihr Konto ist bereit. Melden Sie sich jetzt damit an.',
  inviteUnknownTitle: 'Dieser Link ist nicht bekannt',
  inviteUnknownBody:
    'Vielleicht ist er unvollständig, oder er wurde zurückgezogen. Bitten Sie die Person, von der er kam, um einen neuen.',
  inviteGoneTitle: 'Dieser Link gilt nicht mehr',
  inviteGoneBody:
    'Er wurde schon benutzt oder ist älter als 7 Tage. Wenn Sie ein Konto haben, melden Sie sich an; sonst bitten Sie einen Admin um einen neuen Link.',
  toSignIn: 'Zur Anmeldung',
  nameMissing: 'Geben Sie Ihren Namen ein.',
  passwordTooShort: 'Ein Passwort hat mindestens 8 Zeichen.',
  passwordTooLong: 'Ein Passwort hat höchstens 128 Zeichen.',
};
