import { createHash } from 'node:crypto';
import { visibleText } from '../../../contract/visible-text.ts';
import type { ShownRun } from '../../chat/channel-access.ts';
import type { OpenAnswer } from '../../db/schema/telegram.ts';
import { type ApprovalMessage, callsToDecide, showApproval, shownApprovals } from './approval-display.ts';
import { callSignal } from './bot-api.ts';
import { createChatMessages } from './chat-messages.ts';
import { type ChatRow, updateChat } from './chat.queries.ts';
import type { OwnedBot, TelegramParts } from './ports.ts';
import { splitHtml, type MessagePart } from './split-html.ts';
import { steadyText } from './steady-text.ts';
import { escapeHtml, tags, type StyledRun } from './styled-text.ts';
import { sourceList } from './source-list.ts';
import { textsIn, type TextsInLanguage } from './texts-in.ts';
import { wasSaidHere } from './update.queries.ts';

/** Telegram shows that somebody is typing for five seconds. */
const typingMs = 4_000;
/** What was said in the browser is shown to this length; the person knows the rest. */
const maxQuestionLength = 800;
/** Instead of the id of a message that Telegram did not take. */
const missing = 0;
/** Rendering again may take this share of the time, so that a very long answer does not hold up the others. */
const renderShare = 20;

/** Shows the runs of one chat, one after the other: sends what is new, edits what has grown. */
export function createRunDisplay(
  { db, timings, formatter, log }: Pick<TelegramParts, 'db' | 'timings' | 'formatter' | 'log'>,
  bot: OwnedBot,
  chatId: number,
) {
  const { api, signal } = bot;
  let topicId: number | null = null;
  let texts = textsIn(null);
  const messages = createChatMessages({ log }, bot, chatId, () => topicId);
  const chat = { botId: bot.row.id, chatId };
  /** What the sent parts look like; empty again after a restart, when an edit finds out. */
  let sent = new Map<number, string>();
  let runId = '';
  let lastTyping = -Infinity;
  let nextEdit = 0;

  async function showQuestion(run: ShownRun, answer: OpenAnswer): Promise<void> {
    if (!(await wasSaidHere(db, bot.row.id, run.asked.clientMessageId)) && run.asked.content.trim() !== '') {
      const [question] = splitHtml(questionRuns(run.asked.content, texts));
      if (question) await messages.send(question, { isSilent: true });
    }
    answer.asked = true;
    await updateChat(db, chat, { answer });
  }

  async function showParts(parts: MessagePart[], answer: OpenAnswer, isFinal: boolean): Promise<void> {
    for (const [index, part] of parts.entries()) {
      const messageId = answer.parts[index];
      if (messageId === missing || (messageId !== undefined && sent.get(messageId) === part.html)) continue;
      if (messageId !== undefined && (await messages.edit(messageId, part))) {
        sent.set(messageId, part.html);
        continue;
      }
      const added = await messages.send(part, { isSilent: messageId === undefined && index > 0 });
      // What is still growing may be taken once it is whole.
      if (added === undefined && !isFinal) return;
      if (added !== undefined) sent.set(added, part.html);
      answer.parts[index] = added ?? (await sayRefused(answer));
      await updateChat(db, chat, { answer });
    }
    if (!isFinal) return;
    // The end of an answer can take back what looked like more: a table row that was a paragraph before.
    for (const messageId of answer.parts.splice(parts.length)) await messages.remove(messageId);
  }

  /** Stands in the place of a part that Telegram takes in no form: a sentence, the first time. */
  async function sayRefused(answer: OpenAnswer): Promise<number> {
    if (answer.refused) return missing;
    const messageId = await messages.send(note(texts.refusedByTelegram));
    answer.refused = true;
    return messageId ?? missing;
  }

  /** A message for each call that asks first, changed when it was decided, here or elsewhere. */
  async function showApprovals(run: ShownRun, answer: OpenAnswer): Promise<void> {
    const shown = shownApprovals(answer);
    for (const call of callsToDecide(run)) {
      const message = await showApproval(call, { run, texts });
      const known = shown[call.approvalId];
      const looks = fingerprintOf(message);
      if (known?.looks === looks || (!known && message.buttons.length === 0)) continue;
      if (known && known.messageId !== missing) await messages.edit(known.messageId, message, message.buttons);
      const messageId =
        known?.messageId ??
        (await messages.send(message, { buttons: message.buttons })) ??
        (await messages.send(note(texts.approvalRefused))) ??
        missing;
      shown[call.approvalId] = { messageId, looks };
      await updateChat(db, chat, { answer });
    }
  }

  function type(): void {
    if (performance.now() - lastTyping < typingMs) return;
    lastTyping = performance.now();
    const topic = topicId === null ? {} : { message_thread_id: topicId };
    api.direct.sendChatAction(chatId, 'typing', topic, callSignal(signal)).catch(() => undefined);
  }

  return {
    /** @throws what Telegram answers, to try again later; what was sent until then is remembered */
    async show(run: ShownRun, row: Pick<ChatRow, 'answer' | 'topicId' | 'language'>): Promise<void> {
      if (!run.started) return;
      const { answer: stored } = row;
      topicId = row.topicId;
      texts = textsIn(row.language);
      const answer: OpenAnswer =
        stored?.runId === run.id ? stored : { runId: run.id, asked: false, parts: [], closed: false };
      if (runId !== run.id) {
        runId = run.id;
        sent = new Map();
        nextEdit = 0;
      }
      if (!run.ended && !isWaiting(run)) type();
      if (!answer.asked) await showQuestion(run, answer);
      if (!run.ended && performance.now() < nextEdit) return;
      const text = answerOf(run, texts);
      const began = performance.now();
      const turn = { key: `chat ${chatId}`, signal };
      const parts = await formatter.format(run.ended ? text : steadyText(text), turn);
      const spent = performance.now() - began;
      await showParts(parts, answer, run.ended);
      await showApprovals(run, answer);
      nextEdit = performance.now() + Math.max(timings.edit, spent * renderShare);
      if (!run.ended || answer.closed) return;
      const closing = [writerOf(run, texts), await closingOf(run, parts.length === 0, texts)].filter(Boolean);
      if (closing.length === 0) return;
      await messages.send(note(closing.join('\n')));
      answer.closed = true;
      await updateChat(db, chat, { answer });
    },
  };
}

const note = (text: string) => ({ html: `<i>${escapeHtml(text)}</i>`, plain: text });

/** Which fallback model wrote the answer, if one did. */
function writerOf({ messages }: ShownRun, texts: TextsInLanguage): string | undefined {
  const model = messages.findLast(({ fallbackModel }) => fallbackModel !== null)?.fallbackModel;
  return model ? texts.answeredBy(visibleText(model)) : undefined;
}

/** What is said after an answer that is not whole. */
async function closingOf(run: ShownRun, isEmpty: boolean, texts: TextsInLanguage): Promise<string | undefined> {
  const { failure, finishReason } = run;
  if (failure !== undefined) return texts.say(failure);
  // A person who stopped it here was answered already, and what was never begun is not missed.
  if (finishReason === 'aborted') return isEmpty ? undefined : texts.cutOff.aborted;
  if (finishReason === 'length' || finishReason === 'filter' || finishReason === 'step_limit') {
    return texts.cutOff[finishReason];
  }
  return isEmpty ? texts.empty : undefined;
}

const isWaiting = (run: ShownRun): boolean => callsToDecide(run).some((call) => call.state === 'approval');

const fingerprintOf = ({ html, buttons }: ApprovalMessage): string =>
  createHash('sha256').update(`${buttons.length} ${html}`).digest('base64url').slice(0, 16);

function answerOf(run: ShownRun, texts: TextsInLanguage): string {
  const said = run.messages.map((message) => message.content).filter((content) => content.trim() !== '');
  const sources = run.ended
    ? sourceList(
        run.messages.flatMap((message) => message.sources),
        texts,
      )
    : undefined;
  return [...said, ...(sources === undefined ? [] : [sources])].join('\n\n');
}

function questionRuns(content: string, texts: TextsInLanguage): StyledRun[] {
  const characters = [...content.trim()];
  const text =
    characters.length > maxQuestionLength ? `${characters.slice(0, maxQuestionLength).join('')}…` : content.trim();
  return [
    { text: `${texts.askedElsewhere}\n`, tags: [tags.quote, tags.bold] },
    { text, tags: [tags.quote] },
  ];
}
