/** Who sees what in a conversation. */
export const where = {
  title: 'Who sees what here',
  conversation: 'This conversation is private',
  conversationBody:
    'Nobody else can read it through Pinchy, no admin either. Whoever administers the server or its database could.',
  shared: 'This conversation is shared',
  sharedBody:
    '{{names}} can read what was said until you shared it, with its attachments. Nobody else can, no admin either.',
  uploads: 'What you upload here',
  uploadsBody:
    'Only you and this agent, in your conversations with it. Pictures, and what the agent reads of other files, go to the model of {{provider}}.',
  uploadsPictures:
    'Only you and this agent. Pictures go to the model of {{provider}}; this agent cannot read other files.',
  noProvider: 'your provider',
  admins: 'What admins see',
  adminsBody:
    'That you talked, when, and at what cost; which tools were used on which documents and records; the kind and size of uploads. Not what you or the agent wrote, unless you rated an answer and agreed to show it.',
  agent: 'The agent itself',
  agentPersonal: '{{agent}} talks to you only.',
  agentAll: 'Everybody in your team can talk to {{agent}}, each in conversations of their own.',
  agentGroups: 'Members of certain groups can talk to {{agent}}, each in conversations of their own.',
  responsible: '{{name}} answers for it.',
  connection: 'Connection',
  toTrail: 'What the audit trail says of this agent',
};
