/** Texts of the panel about an agent, for whoever may use it. */
export const about = {
  title: 'About {{agent}}',
  ai: '{{agent}} is an AI: its answers are made by a language model and can be wrong. Check what matters, and do not leave decisions about people to it.',
  purpose: 'What it is for',
  noPurpose: 'Nobody has written that down yet.',
  personal: 'Your own assistant. Nobody else may use it.',
  responsible: 'Who answers for it',
  nobody: 'Nobody yet. Ask an admin.',
  yourself: 'It is your own; admins look after what it may do.',
  review: 'To be looked at again',
  overdue: 'due since {{date}}',
  model: 'Which model, and where it runs',
  local: 'Ollama, on a server that your organisation runs: what you write stays there.',
  cloud:
    '{{provider}}, in the cloud: what you write, the files you attach and what tools read for an answer are sent there.',
  fallback: 'If that one does not answer',
  answeredBy: 'Answered by {{model}} ({{provider}}): the agent’s model could not answer.',
  noModel: 'None yet: it cannot answer.',
  may: 'What it may read and do',
  connections: 'Connected systems',
  connection: '{{name}}: {{level}}',
  webSearch: '{{name}}: searches the web',
  kept: 'What is kept',
  keptConversations: 'Your conversations stay on the server of your organisation until you delete them.',
  keptTrail:
    'The audit trail keeps who asked when, which tools were used on what, and who approved. Admins read it; what you said is not in it.',
  loadFailed: 'What it may do could not be loaded.',
};
