import type * as english from './en-speech.ts';

export const speech: typeof english.speech = {
  askTitle: 'Mit diesem Browser diktieren?',
  askCloud:
    'Dieser Browser macht aus Sprache Text mit einem Dienst seines Herstellers: Was Sie sagen und was das Mikrofon sonst hört, wird dorthin gesendet. Pinchy bekommt und behält den Ton nicht.',
  askInstall:
    'Er kann es auch auf diesem Gerät, wenn er einmal ein Sprachpaket seines Herstellers geladen hat. Dann verlässt kein Ton das Gerät.',
  useCloud: 'Ton an den Hersteller des Browsers senden',
  install: 'Sprachpaket laden',
  installing: 'Sprachpaket wird geladen …',
  installFailed: 'Das Sprachpaket konnte nicht geladen werden.',
  notNow: 'Nicht jetzt',
  readTitle: 'Mit diesem Browser vorlesen?',
  readCloud:
    'Dieser Browser hat für diese Sprache keine Stimme auf dem Gerät: Er sendet den Text der Antwort an einen Dienst des Herstellers der Stimme.',
  useReadCloud: 'Text an den Hersteller senden',
  errors: {
    notAllowed:
      'Der Browser darf das Mikrofon nicht verwenden. Erlauben Sie es in den Einstellungen des Browsers für diese Seite.',
    noMicrophone: 'Es wurde kein Mikrofon gefunden.',
    network: 'Der Sprachdienst des Browsers ist nicht erreichbar.',
    language: 'Der Browser versteht diese Sprache nicht.',
    other: 'Das Diktat endete unerwartet.',
    reading: 'Der Browser konnte das nicht vorlesen.',
  },
};
