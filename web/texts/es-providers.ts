import type * as english from './en-providers.ts';

export const providers: typeof english.providers = {
  anthropic: {
    name: 'Anthropic',
    line: 'Modelos Claude: cuidadosos con herramientas y documentos largos.',
    keyFrom: 'Cree una clave en console.anthropic.com, en «API keys».',
  },
  openai: {
    name: 'OpenAI',
    line: 'Modelos GPT: amplios conocimientos, rápidos, muy usados.',
    keyFrom: 'Cree una clave en platform.openai.com, en «API keys».',
  },
  google: {
    name: 'Google',
    line: 'Modelos Gemini: documentos muy largos a bajo precio.',
    keyFrom: 'Cree una clave en aistudio.google.com, en «Get API key».',
  },
  'ollama-cloud': {
    name: 'Ollama Cloud',
    line: 'Modelos abiertos que Ollama ejecuta para usted.',
    keyFrom: 'Cree una clave en ollama.com, en sus ajustes, en «Keys».',
  },
  'ollama-local': {
    name: 'Ollama en su propia máquina',
    line: 'Modelos abiertos en su hardware; nada sale de su red.',
    keyFrom:
      'Indique la dirección en la que escucha Ollama, vista desde el servidor de Pinchy. La habitual ya está puesta.',
  },
  apiKey: 'Clave de API',
  baseUrl: 'Dirección',
  baseUrlPlaceholder: 'http://localhost:11434',
  keyStays: 'Se guarda cifrada en su servidor y no se envía a nadie más que al proveedor.',
  getKey: 'Obtener una clave',
  getOllama: 'Obtener Ollama',
  opensBeside: '(se abre en una pestaña nueva)',
  check: 'Comprobar y conectar',
  found: {
    title: 'Ollama está en marcha',
    models_one: 'En {{url}}, con un modelo. Nada sale de su red.',
    models_other: 'En {{url}}, con {{count}} modelos. Nada sale de su red.',
    none: 'En {{url}}, pero sin ningún modelo que converse. Descargue uno allí, por ejemplo con «ollama pull qwen3», y vuelva a mirar.',
    connect: 'Conectar este Ollama',
    again: 'Volver a mirar',
  },
};

export const setup: typeof english.setup = {
  step: 'Paso {{step}} de 3',
  accountTitle: 'Le damos la bienvenida a Pinchy',
  accountIntro: 'Primero, su propia cuenta. Será el administrador de esta instalación.',
  createAccount: 'Crear cuenta',
  providerTitle: 'Conectar un proveedor de modelos',
  providerIntro:
    'Los agentes piensan con los modelos de un proveedor. Elija uno para empezar; después puede añadir otros.',
  chooseProvider: 'Proveedor',
  skip: 'Omitir por ahora',
  skipNote:
    'Puede echar un vistazo sin proveedor, pero los agentes no podrán responder hasta que se conecte uno en los ajustes.',
  doneTitle: 'Todo listo',
  doneIntro: 'A Smithers, su asistente personal, le gustaría conocerle.',
  doneSkippedIntro: 'Su cuenta está lista. Conecte un proveedor en los ajustes y Smithers le conocerá.',
  toSmithers: 'Hablar con Smithers',
  lookAround: 'Echar un vistazo',
  next: 'Después: cree un agente para su equipo y dele documentos para leer.',
  taken: 'Otra persona ha configurado esta instalación entretanto. Inicie sesión.',
};
