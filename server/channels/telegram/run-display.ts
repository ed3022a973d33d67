import { createHash } from 'node:crypto';
import type { ShownRun } from '../../chat/channel-access.ts';
import type { OpenAnswer } from '../../db/schema/telegram.ts';
import { type ApprovalMessage, callsToDecide, showApproval, shownApprovals } from './approval-display.ts';
import { callSignal } from './bot-api.ts';
import { updateChat } from './chat.queries.ts';
import type { OwnedBot, TelegramParts } from './ports.ts';
import { splitHtml, type MessagePart } from './split-html.ts';
import { steadyText } from './steady-text.ts';
import { escapeHtml, tags, type StyledRun } from './styled-text.ts';
import { faultOf } from './telegram-fault.ts';
import { texts } from './texts.ts';
import { wasSaidHere } from './update.queries.ts';

/** Telegram shows that somebody is typing for five seconds. */
const typingMs = 4_000;
/** What was said in the browser is shown to this length; the person knows the rest. */
const maxQuestionLength = 800;
/** Rendering again may take this share of the time, so that a very long answer does not hold up the others. */
const renderShare = 20;

/** Shows the runs of one chat, one after the other: sends what is new, edits what has grown. */
export function createRunDisplay(
  { db, timings, titleOf }: Pick<TelegramParts, 'db' | 'timings' | 'titleOf'>,
  bot: OwnedBot,
  chatId: number,
) {
  const { api, signal } = bot;
  const chat = { botId: bot.row.id, chatId };
  /** What the sent parts look like; empty again after a restart, when an edit finds out. */
  let sent = new Map<number, string>();
  let runId = '';
  let lastTyping = -Infinity;
  let nextEdit = 0;

  const options = { parse_mode: 'HTML', link_preview_options: { is_disabled: true } } as const;

  async function send(part: MessagePart, isSilent = false, buttons?: ApprovalMessage['buttons']): Promise<number> {
    const more = {
      link_preview_options: options.link_preview_options,
      disable_notification: isSilent,
      ...(buttons?.length && { reply_markup: { inline_keyboard: [buttons] } }),
    };
    const html = { ...more, parse_mode: options.parse_mode };
    try {
      return (await api.send.sendMessage(chatId, part.html, html, callSignal(signal))).message_id;
    } catch (error) {
      if (faultOf(error)?.kind !== 'refused') throw error;
      return (await api.send.sendMessage(chatId, part.plain, more, callSignal(signal))).message_id;
    }
  }

  /** Returns false when the message is not there any more. */
  async function edit(messageId: number, part: MessagePart, buttons?: ApprovalMessage['buttons']): Promise<boolean> {
    const { parse_mode: parseMode, ...basics } = options;
    const plain = {
      ...basics,
      ...(buttons && { reply_markup: { inline_keyboard: buttons.length > 0 ? [buttons] : [] } }),
    };
    const attempts = [
      () =>
        api.send.editMessageText(chatId, messageId, part.html, { ...plain, parse_mode: parseMode }, callSignal(signal)),
      () => api.send.editMessageText(chatId, messageId, part.plain, plain, callSignal(signal)),
    ];
    for (const attempt of attempts) {
      try {
        await attempt();
        return true;
      } catch (error) {
        const kind = faultOf(error)?.kind;
        if (kind === 'unmodified') return true;
        if (kind === 'uneditable') return false;
        if (kind !== 'refused') throw error;
      }
    }
    return false;
  }

  async function showQuestion(run: ShownRun, answer: OpenAnswer): Promise<void> {
    if (!(await wasSaidHere(db, bot.row.id, run.asked.clientMessageId)) && run.asked.content.trim() !== '') {
      const [question] = splitHtml(questionRuns(run.asked.content));
      if (question) await send(question, true);
    }
    answer.asked = true;
    await updateChat(db, chat, { answer });
  }

  async function showParts(parts: MessagePart[], answer: OpenAnswer, isFinal: boolean): Promise<void> {
    for (const [index, part] of parts.entries()) {
      const messageId = answer.parts[index];
      if (messageId !== undefined && sent.get(messageId) === part.html) continue;
      if (messageId !== undefined && (await edit(messageId, part))) {
        sent.set(messageId, part.html);
        continue;
      }
      const added = await send(part, messageId === undefined && index > 0);
      sent.set(added, part.html);
      answer.parts[index] = added;
      await updateChat(db, chat, { answer });
    }
    if (!isFinal) return;
    // The end of an answer can take back what looked like more: a table row that was a paragraph before.
    for (const messageId of answer.parts.splice(parts.length)) {
      await api.send.deleteMessage(chatId, messageId, callSignal(signal)).catch(() => undefined);
    }
  }

  /** A message for each call that asks first, changed when it was decided, here or elsewhere. */
  async function showApprovals(run: ShownRun, answer: OpenAnswer): Promise<void> {
    const shown = shownApprovals(answer);
    for (const call of callsToDecide(run)) {
      const message = showApproval(call, { title: titleOf(call.name), run });
      const known = shown[call.approvalId];
      const looks = fingerprintOf(message);
      if (known?.looks === looks || (!known && message.buttons.length === 0)) continue;
      if (known) await edit(known.messageId, message, message.buttons);
      const messageId = known?.messageId ?? (await send(message, false, message.buttons));
      shown[call.approvalId] = { messageId, looks };
      await updateChat(db, chat, { answer });
    }
  }

  function type(): void {
    if (performance.now() - lastTyping < typingMs) return;
    lastTyping = performance.now();
    api.direct.sendChatAction(chatId, 'typing', {}, callSignal(signal)).catch(() => undefined);
  }

  return {
    /** @throws what Telegram answers, to try again later; what was sent until then is remembered */
    async show(run: ShownRun, stored: OpenAnswer | null): Promise<void> {
      if (!run.started) return;
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
      const text = answerOf(run);
      // The parser takes 17 MB, which an installation without Telegram need not have.
      const { styleMarkdown } = await import('./styled-markdown.ts');
      const began = performance.now();
      const parts = splitHtml(styleMarkdown(run.ended ? text : steadyText(text)));
      const spent = performance.now() - began;
      await showParts(parts, answer, run.ended);
      await showApprovals(run, answer);
      nextEdit = performance.now() + Math.max(timings.edit, spent * renderShare);
      if (!run.ended || answer.closed) return;
      const closing = closingOf(run, parts.length === 0);
      if (closing === undefined) return;
      await send({ html: `<i>${escapeHtml(closing)}</i>`, plain: closing });
      answer.closed = true;
      await updateChat(db, chat, { answer });
    },
  };
}

/** What is said after an answer that is not whole. */
function closingOf(run: ShownRun, isEmpty: boolean): string | undefined {
  const { failure, finishReason } = run;
  if (failure !== undefined) return failure;
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

const answerOf = (run: ShownRun): string =>
  run.messages
    .map((message) => message.content)
    .filter((content) => content.trim() !== '')
    .join('\n\n');

function questionRuns(content: string): StyledRun[] {
  const characters = [...content.trim()];
  const text =
    characters.length > maxQuestionLength ? `${characters.slice(0, maxQuestionLength).join('')}…` : content.trim();
  return [
    { text: `${texts.askedElsewhere}\n`, tags: [tags.quote, tags.bold] },
    { text, tags: [tags.quote] },
  ];
}
