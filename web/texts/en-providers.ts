/** The five model providers, in setup and in settings. */
export const providers = {
  anthropic: {
    name: 'Anthropic',
    line: 'Claude models: careful with tools and long documents.',
    keyFrom: 'Create a key at console.anthropic.com under “API keys”.',
  },
  openai: {
    name: 'OpenAI',
    line: 'GPT models: broad knowledge, fast, widely used.',
    keyFrom: 'Create a key at platform.openai.com under “API keys”.',
  },
  google: {
    name: 'Google',
    line: 'Gemini models: very long documents at a low price.',
    keyFrom: 'Create a key at aistudio.google.com under “Get API key”.',
  },
  'ollama-cloud': {
    name: 'Ollama Cloud',
    line: 'Open models, run for you by Ollama.',
    keyFrom: 'Create a key at ollama.com in your settings under “Keys”.',
  },
  'ollama-local': {
    name: 'Ollama on your own machine',
    line: 'Open models on your hardware; nothing leaves your network.',
    keyFrom: 'Give the address where Ollama listens, as seen from the Pinchy server. Its usual one is filled in.',
  },
  apiKey: 'API key',
  baseUrl: 'Address',
  baseUrlPlaceholder: 'http://localhost:11434',
  keyStays: 'Stored encrypted on your server and sent to nobody but the provider.',
  check: 'Check and connect',
  getKey: 'Get a key',
  getOllama: 'Get Ollama',
  opensBeside: '(opens in a new tab)',
  found: {
    title: 'Ollama is running',
    models_one: 'At {{url}}, with one model. Nothing leaves your network.',
    models_other: 'At {{url}}, with {{count}} models. Nothing leaves your network.',
    none: 'At {{url}}, but without a model that chats. Pull one there, for example with “ollama pull qwen3”, then look again.',
    connect: 'Connect this Ollama',
    again: 'Look again',
  },
};

export const setup = {
  step: 'Step {{step}} of 3',
  accountTitle: 'Welcome to Pinchy',
  accountIntro: 'First, your own account. You will be the admin of this installation.',
  createAccount: 'Create account',
  providerTitle: 'Connect a model provider',
  providerIntro: 'Agents think with models of a provider. Pick one to start with; you can add others later.',
  chooseProvider: 'Provider',
  skip: 'Skip for now',
  skipNote: 'You can look around without one, but agents cannot answer until a provider is connected in the settings.',
  doneTitle: 'All set',
  doneIntro: 'Smithers, your personal assistant, would like to get to know you.',
  doneSkippedIntro: 'Your account is ready. Connect a provider in the settings, and Smithers will get to know you.',
  toSmithers: 'Chat with Smithers',
  lookAround: 'Look around',
  next: 'After that: create an agent for your team and give it documents to read.',
  taken: 'Somebody else has set up this installation in the meantime. Sign in instead.',
};
