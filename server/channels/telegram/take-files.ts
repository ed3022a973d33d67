import { withoutSession } from '../../db/authority.ts';
import { AppError } from '../../platform/errors.ts';
import { callSignal } from './bot-api.ts';
import { FileRefused } from './download-file.ts';
import type { OwnedBot, TelegramParts } from './ports.ts';
import type { TelegramFile } from './read-message.ts';
import { escapeHtml } from './styled-text.ts';
import { faultOf } from './telegram-fault.ts';
import type { TextsInLanguage } from './texts-in.ts';

export interface TakenFiles {
  attachmentIds: string[];
  /** Some of them are no pictures: only a tool reads those. */
  needsReading: boolean;
  /** Files that could not be taken, with the sentence (HTML) that says why. */
  refused: { filename: string; sentence: string }[];
}

/** Fetches what was sent along. What fails for good is told apart; what time may help with is thrown, but for the last try. */
export async function takeFiles(
  { uploads }: Pick<TelegramParts, 'uploads'>,
  { api, signal }: OwnedBot,
  files: readonly TelegramFile[],
  who: { userId: string; agentId: string; isLastTry: boolean; texts: TextsInLanguage },
): Promise<TakenFiles> {
  const { texts } = who;
  const taken: TakenFiles = { attachmentIds: [], needsReading: false, refused: [] };
  for (const { fileId, filename } of files) {
    try {
      const { file_path: path } = await api.direct.getFile(fileId, callSignal(signal));
      if (path === undefined) throw new FileRefused('Telegram does not say where the file is.');
      const stream = await api.download(path, signal);
      const upload = await uploads.save(withoutSession(who.userId), who.agentId, { filename, stream });
      taken.attachmentIds.push(upload.id);
      taken.needsReading ||= !upload.mediaType.startsWith('image/');
    } catch (error) {
      if (signal.aborted) throw error;
      const sentence =
        (await reasonOf(error, texts)) ?? (who.isLastTry ? texts.fileUnreachable(escapeHtml(filename)) : undefined);
      if (sentence === undefined) throw error;
      taken.refused.push({ filename, sentence });
    }
  }
  return taken;
}

/** Undefined for what may go well another time. */
async function reasonOf(error: unknown, texts: TextsInLanguage): Promise<string | undefined> {
  if (error instanceof FileRefused) return texts.fileRefused;
  if (error instanceof AppError) {
    if (error.code === 'payload_too_large') return texts.tooLarge;
    return ['conflict', 'invalid_request', 'unsupported_media_type'].includes(error.code)
      ? escapeHtml(await texts.say(error.message))
      : undefined;
  }
  const fault = faultOf(error);
  if (/file is too big/i.test(fault?.description ?? '')) return texts.tooLarge;
  return fault?.kind === 'refused' || fault?.kind === 'uneditable' ? texts.fileRefused : undefined;
}
