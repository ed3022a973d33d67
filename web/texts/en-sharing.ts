/** Texts of conversations that are shared inside the house. */
export const sharing = {
  title: 'Share this conversation',
  off: 'Sharing conversations is switched off. An admin can allow it under Settings → Conversations.',
  intro:
    'Whom you name can read what has been said until now, and the files you attached. What you say later stays with you until you update the link.',
  rights:
    'Only people who may use {{agent}} can read it, as long as they may. They can copy what was said and go on by themselves; copies stay when you stop sharing.',
  readers: 'Who may read it',
  search: 'Search people and groups',
  group: 'Group',
  nobody: 'Nobody found who may use this agent.',
  share: 'Share',
  saved: 'Saved',
  linkHint: 'Send them this link. It opens for nobody else.',
  state_one: 'Shared on {{date}}: one message is shown.',
  state_other: 'Shared on {{date}}: {{count}} messages are shown.',
  refresh: 'Show what was said since',
  refreshed: 'The link shows the conversation as it is now',
  stop: 'Stop sharing',
  stopQuestion: 'Stop sharing this conversation?',
  stopBody:
    'Nobody you named can read it any more. The link is dead for good: sharing it again makes another one. Copies stay.',
  stopped: 'The link is dead. Nobody can read the conversation any more.',

  pageTitle: 'Shared conversation',
  by: '{{owner}} shared this conversation with {{agent}} on {{date}}.',
  aiNotice: '{{agent}} is an AI. Its answers were given to {{owner}} and can be wrong: check what matters.',
  copy: 'Copy and go on',
  copyHint: 'A copy of what was said becomes a conversation of your own, without files and without what tools read.',
  copied: 'This is your copy. What you say here only you see.',
  gone: 'This conversation cannot be read',
  goneBody:
    'It may not be shared with you any more, or you may not use its agent. Ask the person who sent you the link.',
  more_one: 'Show one more message',
  more_other: 'Show {{count}} more messages',
  transcript: 'What was said',
  withheld: 'Source {{number}}: not available to you',
  toolCall: '{{tool}}: {{state}}',

  setting: {
    title: 'Sharing conversations',
    hint: 'People may give colleagues a link to read one of their conversations. Only those who are named and may use the agent can open it.',
    allow: 'Allow people to share conversations',
    on: 'People may share conversations from now on',
    off: 'No shared conversation can be read any more',
    moved: 'Whether people may share conversations is set under Conversations.',
    offHint: 'Switched off, every link stops at once. Switched on again, those that were not ended work again.',
  },
};
