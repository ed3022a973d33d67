import { maxUploadBytes, maxAttachments } from '../../../contract/limits.ts';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from '../../texts/language.ts';
import type { Attachment } from '../../../contract/socket.ts';
import { newId } from '../../ui/new-id.ts';
import { fileSize } from './formats.ts';
import { uploadFile } from './upload-file.ts';

export interface PendingAttachment {
  key: string;
  name: string;
  size: number;
  /** Share that was sent, 0 to 1. */
  progress: number;
  upload?: Attachment;
  failure?: string;
}

/** Files on their way into a message; `initial` are those that a draft kept. */
export function useAttachments(agentId: string, initial: Attachment[]) {
  const { t } = useTranslation();
  const [items, setItems] = useState<PendingAttachment[]>(() => initial.map(uploaded));
  const [problems, setProblems] = useState<readonly string[]>([]);
  const aborts = useRef(new Map<string, AbortController>());
  useEffect(() => {
    const running = aborts.current;
    return () => running.forEach((abort) => abort.abort());
  }, []);

  const change = useCallback((key: string, changes: Partial<PendingAttachment>) => {
    setItems((before) => before.map((item) => (item.key === key ? { ...item, ...changes } : item)));
  }, []);

  const add = (files: readonly File[]) => {
    const refused: string[] = [];
    let room = maxAttachments - items.length;
    for (const file of files) {
      const limit = fileSize(maxUploadBytes);
      if (file.size > maxUploadBytes) {
        refused.push(t('chat.uploadTooLarge', { name: file.name, size: fileSize(file.size), limit }));
      } else if (file.size === 0) refused.push(t('chat.uploadEmpty', { name: file.name }));
      else if (room <= 0) refused.push(t('chat.oneTooMany', { name: file.name, count: maxAttachments }));
      else {
        room -= 1;
        start(file);
      }
    }
    setProblems([...new Set(refused)]);
  };

  function start(file: File) {
    const key = newId();
    const abort = new AbortController();
    aborts.current.set(key, abort);
    setItems((before) => [...before, { key, name: file.name, size: file.size, progress: 0 }]);
    uploadFile({ agentId, file, signal: abort.signal, onProgress: (progress) => change(key, { progress }) }).then(
      (upload) => change(key, { upload, progress: 1 }),
      (error: Error) =>
        change(key, { failure: `${t('chat.uploadFailed', { name: file.name })} ${error.message}`.trim() }),
    );
  }

  return {
    items,
    /** A sentence for each file that was refused. */
    problems,
    add,
    clearProblems: () => setProblems([]),
    remove(key: string) {
      aborts.current.get(key)?.abort();
      setItems((before) => before.filter((item) => item.key !== key));
    },
    reset: (attachments: Attachment[] = []) => setItems(attachments.map(uploaded)),
    uploading: items.some((item) => !item.upload && !item.failure),
    ready: items.flatMap((item) => item.upload ?? []),
  };
}

const uploaded = (attachment: Attachment): PendingAttachment => ({
  key: attachment.id,
  name: attachment.filename,
  size: attachment.size,
  progress: 1,
  upload: attachment,
});
