import type * as english from './en-providers.ts';

export const providers: typeof english.providers = {
  anthropic: {
    name: 'Anthropic',
    line: 'Modèles Claude : soigneux avec les outils et les longs documents.',
    keyFrom: 'Créez une clé sur console.anthropic.com, sous « API keys ».',
  },
  openai: {
    name: 'OpenAI',
    line: 'Modèles GPT : vastes connaissances, rapides, très répandus.',
    keyFrom: 'Créez une clé sur platform.openai.com, sous « API keys ».',
  },
  google: {
    name: 'Google',
    line: 'Modèles Gemini : très longs documents à bas prix.',
    keyFrom: 'Créez une clé sur aistudio.google.com, sous « Get API key ».',
  },
  'ollama-cloud': {
    name: 'Ollama Cloud',
    line: 'Modèles ouverts, exécutés pour vous par Ollama.',
    keyFrom: 'Créez une clé sur ollama.com, dans vos paramètres, sous « Keys ».',
  },
  'ollama-local': {
    name: 'Ollama sur votre propre machine',
    line: 'Modèles ouverts sur votre matériel ; rien ne quitte votre réseau.',
    keyFrom:
      'Indiquez l’adresse à laquelle Ollama écoute, vue du serveur Pinchy. Son adresse habituelle est déjà remplie.',
  },
  apiKey: 'Clé d’API',
  baseUrl: 'Adresse',
  baseUrlPlaceholder: 'http://localhost:11434',
  keyStays: 'Conservée chiffrée sur votre serveur et envoyée à personne d’autre que le fournisseur.',
  getKey: 'Obtenir une clé',
  getOllama: 'Obtenir Ollama',
  opensBeside: '(s’ouvre dans un nouvel onglet)',
  check: 'Vérifier et connecter',
  found: {
    title: 'Ollama est en marche',
    models_one: 'À l’adresse {{url}}, avec un modèle. Rien ne quitte votre réseau.',
    models_other: 'À l’adresse {{url}}, avec {{count}} modèles. Rien ne quitte votre réseau.',
    none: 'À l’adresse {{url}}, mais sans modèle de conversation. Téléchargez-en un là-bas, par exemple avec « ollama pull qwen3 », puis vérifiez à nouveau.',
    connect: 'Connecter cet Ollama',
    again: 'Vérifier à nouveau',
  },
};

export const setup: typeof english.setup = {
  step: 'Étape {{step}} sur 3',
  accountTitle: 'Bienvenue dans Pinchy',
  accountIntro: 'D’abord, votre propre compte. Vous serez l’administrateur de cette installation.',
  createAccount: 'Créer le compte',
  providerTitle: 'Connecter un fournisseur de modèles',
  providerIntro:
    'Les agents réfléchissent avec les modèles d’un fournisseur. Choisissez-en un pour commencer ; vous pourrez en ajouter d’autres plus tard.',
  chooseProvider: 'Fournisseur',
  skip: 'Passer pour l’instant',
  skipNote:
    'Vous pouvez explorer sans fournisseur, mais les agents ne pourront répondre qu’une fois un fournisseur connecté dans les paramètres.',
  doneTitle: 'Tout est prêt',
  doneIntro: 'Smithers, votre assistant personnel, aimerait faire votre connaissance.',
  doneSkippedIntro:
    'Votre compte est prêt. Connectez un fournisseur dans les paramètres, et Smithers fera votre connaissance.',
  toSmithers: 'Discuter avec Smithers',
  lookAround: 'Explorer',
  next: 'Ensuite : créez un agent pour votre équipe et donnez-lui des documents à lire.',
  taken: 'Quelqu’un d’autre a configuré cette installation entre-temps. Connectez-vous.',
};
