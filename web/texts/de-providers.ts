import type * as english from './en-providers.ts';

export const providers: typeof english.providers = {
  anthropic: {
    name: 'Anthropic',
    line: 'Claude-Modelle: sorgfältig mit Werkzeugen und langen Dokumenten.',
    keyFrom: 'Erstellen Sie einen Schlüssel auf console.anthropic.com unter „API keys“.',
  },
  openai: {
    name: 'OpenAI',
    line: 'GPT-Modelle: breites Wissen, schnell, weit verbreitet.',
    keyFrom: 'Erstellen Sie einen Schlüssel auf platform.openai.com unter „API keys“.',
  },
  google: {
    name: 'Google',
    line: 'Gemini-Modelle: sehr lange Dokumente zu niedrigem Preis.',
    keyFrom: 'Erstellen Sie einen Schlüssel auf aistudio.google.com unter „Get API key“.',
  },
  'ollama-cloud': {
    name: 'Ollama Cloud',
    line: 'Offene Modelle, von Ollama für Sie betrieben.',
    keyFrom: 'Erstellen Sie einen Schlüssel auf ollama.com in Ihren Einstellungen unter „Keys“.',
  },
  'ollama-local': {
    name: 'Ollama auf eigenem Rechner',
    line: 'Offene Modelle auf Ihrer Hardware; nichts verlässt Ihr Netz.',
    keyFrom:
      'Geben Sie die Adresse an, unter der Ollama lauscht, vom Pinchy-Server aus gesehen. Die übliche ist schon eingetragen.',
  },
  apiKey: 'API-Schlüssel',
  baseUrl: 'Adresse',
  baseUrlPlaceholder: 'http://localhost:11434',
  keyStays: 'Wird verschlüsselt auf Ihrem Server gespeichert und nur dem Anbieter gesendet.',
  getKey: 'Schlüssel holen',
  getOllama: 'Ollama holen',
  opensBeside: '(öffnet in einem neuen Tab)',
  check: 'Prüfen und verbinden',
  found: {
    title: 'Ollama läuft',
    models_one: 'Unter {{url}}, mit einem Modell. Nichts verlässt Ihr Netz.',
    models_other: 'Unter {{url}}, mit {{count}} Modellen. Nichts verlässt Ihr Netz.',
    none: 'Unter {{url}}, aber ohne ein Modell, das chattet. Holen Sie dort eines, etwa mit „ollama pull qwen3“, und suchen Sie noch einmal.',
    connect: 'Dieses Ollama verbinden',
    again: 'Noch einmal suchen',
  },
};

export const setup: typeof english.setup = {
  step: 'Schritt {{step}} von 3',
  accountTitle: 'Willkommen bei Pinchy',
  accountIntro: 'Zuerst Ihr eigenes Konto. Sie werden der Admin dieser Installation.',
  createAccount: 'Konto anlegen',
  providerTitle: 'Modellanbieter verbinden',
  providerIntro:
    'Agenten denken mit Modellen eines Anbieters. Wählen Sie einen für den Anfang; weitere können später dazukommen.',
  chooseProvider: 'Anbieter',
  skip: 'Vorerst überspringen',
  skipNote:
    'Umsehen können Sie sich auch ohne, aber Agenten antworten erst, wenn in den Einstellungen ein Anbieter verbunden ist.',
  doneTitle: 'Alles bereit',
  doneIntro: 'Smithers, Ihr persönlicher Assistent, möchte Sie kennenlernen.',
  doneSkippedIntro:
    'Ihr Konto ist bereit. Verbinden Sie in den Einstellungen einen Anbieter, dann lernt Smithers Sie kennen.',
  toSmithers: 'Mit Smithers chatten',
  lookAround: 'Umsehen',
  next: 'Danach: legen Sie einen Agenten für Ihr Team an und geben Sie ihm Dokumente zu lesen.',
  taken: 'Jemand anderes hat diese Installation inzwischen eingerichtet. Melden Sie sich stattdessen an.',
};
