import type { PlaceParts } from '../../../contract/place-parts.ts';
import { type UntakenKind, untakenNames } from './message-words.ts';

const minutesOf = (minutes: number) => (minutes === 1 ? '1 minute' : `${minutes} minutes`);

/** What the bot itself says, in English. Nothing here tells a stranger anything about agents or people. */
export const texts = {
  pair: (code: string, minutes: number) =>
    `Hello! To talk to me here, open Pinchy, go to Settings → Telegram and enter this code within ${minutesOf(minutes)}: <code>${code}</code>`,
  pairLater: (minutes: number) =>
    `You have had several codes lately. Write to me again in ${minutesOf(minutes)} to get another one.`,
  linked:
    'Your Telegram account is linked. You talk to an AI here, which can be wrong: check what matters. Write to me whenever you like; /help shows what I understand.',
  welcome: (agent: string) =>
    `Hello! This is ${agent}, an AI, which can be wrong: check what matters. Write to me as you would in the browser; it is the same conversation.`,
  refused: 'Sorry, I cannot help you here. Ask an admin of your Pinchy if you think I should.',
  group: 'Sorry, I only talk in private chats. Write to me directly.',
  begun: 'A new conversation begins. The earlier one stays in the browser.',
  stopped: 'Stopped.',
  idle: 'Nothing is running.',
  recording: 'Sorry, I cannot listen to or watch recordings. I read text, photos and documents.',
  untaken: (kind: UntakenKind) =>
    `Sorry, I cannot take ${untakenNames[kind]}, nor recordings. I read text, photos, documents, places, contacts and polls.`,
  edited: 'I have edited a message. It says now:',
  editedCommand: 'A command counts when it is sent, not when a message is changed into one. Send it as a new message.',
  fileRefused: 'Sorry, I cannot get at a file that you sent. Upload it in the browser instead.',
  fileUnreachable: (filename: string) =>
    `Sorry, Telegram did not hand over the file ${filename}. Send it again later, or upload it in the browser.`,
  unread:
    'I have no tool to read files: I learn their names, and nothing of what is in them. Pictures may be shown to me.',
  tooLarge: 'Sorry, a file on Telegram may have at most 20 MB. Upload it in the browser instead.',
  lost: 'Sorry, something went wrong with your message. Please send it again.',
  button: 'This is not waiting for an answer any more.',
  approve: 'Approve',
  deny: 'Deny',
  askToDecide: (minutes: number) => `Shall I do this? Decide within ${minutesOf(minutes)}.`,
  decideInBrowser: (minutes: number) =>
    `This is too long to be shown here. Decide in the browser within ${minutesOf(minutes)}, or deny it.`,
  waitsElsewhere: (agent: string, what: string, minutes: number) =>
    `${agent} waits for your decision in another conversation: ${what}. Decide within ${minutesOf(minutes)} in Pinchy, under “Waits for you”.`,
  approved: 'Approved.',
  denied: 'Denied.',
  noLongerWaits: 'This does not wait any more.',
  refusedByTelegram: 'Telegram did not take a part of this answer. It stands in Pinchy, in the browser.',
  approvalRefused: 'Something waits for your decision that Telegram does not let me show here. Decide in the browser.',
  cutOff: {
    length: 'This answer was cut off: it reached the limit of what the model may write. Write “go on” for the rest.',
    filter: 'The provider’s content filter stopped this answer. Put the question another way.',
    step_limit: 'The agent used all the steps of one answer, so something may be missing. Write “go on” to continue.',
    aborted: 'Stopped by you.',
  },
  answeredBy: (model: string) => `Answered by ${model}: the agent’s model could not answer.`,
  sources: 'Sources:',
  place: placeText,
  moreSources: (count: number) => `and ${count} more, in Pinchy`,
  empty: '(The agent ended without an answer.)',
  askedElsewhere: 'You, in the browser:',
  help: [
    'Write to me, or send photos and documents of up to 20 MB, places, contacts and polls.',
    '',
    '/new – begin a new conversation',
    '/stop – stop the answer that is being written',
    '/help – show this',
  ].join('\n'),
};

export type TelegramTexts = typeof texts;

/** As passages have it. */
function placeText(_parts: PlaceParts, place: string): string {
  return place;
}

export const commands = [
  { command: 'new', description: 'Begin a new conversation' },
  { command: 'stop', description: 'Stop the answer' },
  { command: 'help', description: 'What I understand' },
];
