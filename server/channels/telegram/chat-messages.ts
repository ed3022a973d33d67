import type { ApprovalMessage } from './approval-display.ts';
import { callSignal } from './bot-api.ts';
import { inTopic } from './in-topic.ts';
import type { OwnedBot, TelegramParts } from './ports.ts';
import { type Formatted, sendFormatted } from './send-formatted.ts';
import { faultOf } from './telegram-fault.ts';

type Buttons = ApprovalMessage['buttons'];

/** The messages in one chat. What only time can help with is thrown; what Telegram refuses for good is not. */
export interface ChatMessages {
  /** Returns the message's id; undefined when Telegram takes it in no form. */
  send(text: Formatted, options?: { isSilent?: boolean; buttons?: Buttons }): Promise<number | undefined>;
  /** Returns false when the message cannot be made to show it. */
  edit(messageId: number, text: Formatted, buttons?: Buttons): Promise<boolean>;
  remove(messageId: number): Promise<void>;
}

const preview = { link_preview_options: { is_disabled: true } } as const;
const modeOf = (isHtml: boolean) => (isHtml ? ({ parse_mode: 'HTML' } as const) : {});

export function createChatMessages(
  { log }: Pick<TelegramParts, 'log'>,
  bot: OwnedBot,
  chatId: number,
  topicOf: () => number | null,
): ChatMessages {
  const { api, signal } = bot;
  return {
    async send(text, { isSilent = false, buttons = [] } = {}) {
      const more = {
        ...preview,
        disable_notification: isSilent,
        ...(buttons.length > 0 && { reply_markup: { inline_keyboard: [buttons] } }),
      };
      try {
        const message = await sendFormatted(text, (content, isHtml) =>
          inTopic(topicOf(), (topic) =>
            api.send.sendMessage(chatId, content, { ...more, ...modeOf(isHtml), ...topic }, callSignal(signal)),
          ),
        );
        return message.message_id;
      } catch (error) {
        const fault = faultOf(error);
        if (fault?.kind !== 'refused') throw error;
        log.warn({ reason: fault.description, botId: bot.row.id }, 'Telegram took a message in no form');
        return undefined;
      }
    },
    async edit(messageId, text, buttons) {
      const more = {
        ...preview,
        ...(buttons && { reply_markup: { inline_keyboard: buttons.length > 0 ? [buttons] : [] } }),
      };
      try {
        await sendFormatted(text, (content, isHtml) =>
          api.send.editMessageText(chatId, messageId, content, { ...more, ...modeOf(isHtml) }, callSignal(signal)),
        );
        return true;
      } catch (error) {
        const kind = faultOf(error)?.kind;
        if (kind === 'unmodified') return true;
        if (kind === 'uneditable' || kind === 'refused') return false;
        throw error;
      }
    },
    async remove(messageId) {
      await api.send.deleteMessage(chatId, messageId, callSignal(signal)).catch(() => undefined);
    },
  };
}
