import { maxQueueLength } from '../../../contract/limits.ts';
import { ActionIcon, FileButton, Textarea } from '@mantine/core';
import { ArrowUp, Paperclip, Square } from 'lucide-react';
import {
  type ClipboardEvent,
  type KeyboardEvent,
  type Ref,
  Suspense,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
} from 'react';
import { useTranslation } from '../../texts/language.ts';
import type { Attachment } from '../../../contract/socket.ts';
import { AttachmentList } from './attachment-list.tsx';
import classes from './composer.module.css';
import { type Draft, emptyDraft, readDraft, writeDraft } from './draft.ts';
import { usePrompts } from './prompts/use-prompts.tsx';
import { latePart } from '../../ui/import-part.ts';
import { Tooltip } from '../../ui/tooltip.tsx';
import { useAttachments } from './use-attachments.ts';
import { isTouchDevice, useComposerFocus } from './use-composer-focus.ts';

export interface ComposerHandle {
  /** Puts a message back to be changed, in front of what is being written. */
  restore(draft: Draft): void;
  addFiles(files: readonly File[]): void;
}

const DictateButton = latePart(() => import('./speech/dictate-button.tsx'));
const canDictate = 'SpeechRecognition' in window || 'webkitSpeechRecognition' in window;

interface ComposerProps {
  ref: Ref<ComposerHandle>;
  agentId: string;
  agentName: string;
  /** It answers nobody until an admin lets it go on; what is written stays. */
  stopped: boolean;
  /** Its tools read the files that are attached. */
  readsFiles: boolean;
  userId: string;
  /** Names the draft; without it none is kept. */
  conversation: string | undefined;
  running: boolean;
  stopping: boolean;
  /** Messages that wait for their turn. */
  queued: number;
  onSend: (content: string, attachments: Attachment[]) => void;
  onStop: () => void;
  /** The page is about something else: the focus and what is typed stay there. */
  isBesidePage?: boolean;
}

export function Composer(props: ComposerProps) {
  const {
    ref,
    agentId,
    agentName,
    stopped,
    readsFiles,
    userId,
    conversation,
    running,
    stopping,
    queued,
    onSend,
    onStop,
  } = props;
  const { t } = useTranslation();
  const [initial] = useState(() => readDraft(userId, conversation));
  const [text, setText] = useState(initial.text);
  const attachments = useAttachments(agentId, initial.attachments);
  const field = useRef<HTMLTextAreaElement>(null);
  const full = queued >= maxQueueLength;
  const empty = text.trim() === '' && attachments.ready.length === 0;
  const sendable = !empty && !full && !stopped && !attachments.uploading;
  useKeptDraft(userId, conversation, text, attachments.ready);
  useComposerFocus(field, !props.isBesidePage);
  const prompts = usePrompts({ field, text, setText });
  const onTouch = isTouchDevice();

  useImperativeHandle(ref, () => ({
    restore(draft) {
      setText((before) => [draft.text, before].filter(Boolean).join('\n\n'));
      attachments.reset([...draft.attachments, ...attachments.ready]);
      field.current?.focus();
    },
    addFiles: attachments.add,
  }));

  const addWords = (words: string) => setText((before) => [before.trimEnd(), words].filter(Boolean).join(' '));

  function send() {
    if (!sendable) return;
    onSend(text.trim(), attachments.ready);
    // At once: the conversation may get another name by being begun.
    writeDraft(userId, conversation, emptyDraft);
    setText('');
    prompts.close();
    attachments.reset();
    attachments.clearProblems();
    field.current?.focus();
  }

  function handleKey(event: KeyboardEvent) {
    if (prompts.handleKey(event)) return;
    // While a Japanese or Chinese word is composed, Enter chooses its characters.
    if (event.key === 'Escape' && running && !stopping) return onStop();
    const composing = event.nativeEvent.isComposing || event.keyCode === 229;
    // A phone's keyboard has no Shift and Enter for a new line; its button sends.
    if (event.key !== 'Enter' || event.shiftKey || composing || isTouchDevice()) return;
    event.preventDefault();
    send();
  }

  function handlePaste(event: ClipboardEvent) {
    const files = [...event.clipboardData.files];
    // Office programs put a picture beside the text that was copied; the text is what is meant.
    if (files.length === 0 || event.clipboardData.types.includes('text/plain')) return;
    event.preventDefault();
    attachments.add(files);
  }

  return (
    <div className={classes.frame}>
      {queued > 0 && (
        <output className={classes.note}>
          {full ? t('chat.queueFull') : t('chat.queueLength', { count: queued })}
        </output>
      )}
      {attachments.problems.length > 0 && (
        <div className={classes.problem} role="alert">
          {attachments.problems.map((problem) => (
            <p key={problem}>{problem}</p>
          ))}
        </div>
      )}
      {!readsFiles && attachments.items.length > 0 && (
        <output className={classes.note}>{t('chat.filesUnread', { agent: agentName })}</output>
      )}
      <div className={classes.box}>
        {prompts.list}
        <AttachmentList items={attachments.items} onRemove={attachments.remove} />
        <Textarea
          ref={field}
          variant="unstyled"
          autosize
          minRows={1}
          maxRows={10}
          value={text}
          aria-label={t('chat.composerLabel', { agent: agentName })}
          aria-description={t(onTouch ? 'chat.composerHintTouch' : 'chat.composerHint')}
          enterKeyHint={onTouch ? 'enter' : 'send'}
          disabled={stopped}
          placeholder={t(stopped ? 'chat.stoppedShort' : 'chat.composerPlaceholder', { agent: shortened(agentName) })}
          {...prompts.props}
          onChange={({ currentTarget }) => {
            setText(currentTarget.value);
            prompts.look(currentTarget);
          }}
          onKeyDown={handleKey}
          onPaste={handlePaste}
          classNames={{ input: classes.input }}
        />
        <div className={classes.buttons}>
          <FileButton multiple disabled={stopped} onChange={(files) => attachments.add(files)}>
            {(button) => (
              <Tooltip label={readsFiles ? t('chat.attach') : t('chat.attachUnread', { agent: agentName })}>
                <ActionIcon
                  {...button}
                  disabled={stopped}
                  variant="subtle"
                  color="gray"
                  size="lg"
                  radius="xl"
                  aria-label={t('chat.attach')}
                  aria-description={readsFiles ? undefined : t('chat.filesUnread', { agent: agentName })}
                >
                  <Paperclip size={18} />
                </ActionIcon>
              </Tooltip>
            )}
          </FileButton>
          {canDictate && !stopped && (
            <Suspense>
              <DictateButton userId={userId} onText={addWords} />
            </Suspense>
          )}
          <span className={classes.spacer} />
          {running && (
            <Tooltip label={stopping ? t('chat.stopping') : t('chat.stop')}>
              <ActionIcon
                variant={empty ? 'filled' : 'default'}
                size="lg"
                radius="xl"
                loading={stopping}
                aria-label={stopping ? t('chat.stopping') : t('chat.stop')}
                onClick={onStop}
              >
                <Square size={14} fill="currentColor" />
              </ActionIcon>
            </Tooltip>
          )}
          {(!running || !empty) && (
            <Tooltip label={t('chat.send')}>
              <ActionIcon
                variant="filled"
                size="lg"
                radius="xl"
                disabled={!sendable}
                aria-label={t('chat.send')}
                onClick={send}
              >
                <ArrowUp size={18} />
              </ActionIcon>
            </Tooltip>
          )}
        </div>
      </div>
    </div>
  );
}

/** An empty field has one line; the whole name is its label. */
const shortened = (name: string) => (name.length > 32 ? `${name.slice(0, 31).toWellFormed().trimEnd()}…` : name);

/** Written a moment after the last key, and in any case when the page is left. */
function useKeptDraft(userId: string, conversation: string | undefined, text: string, attachments: Attachment[]) {
  const latest = useRef<() => void>(undefined);
  const draft = JSON.stringify({ text, attachments } satisfies Draft);
  useEffect(() => {
    const write = () => writeDraft(userId, conversation, JSON.parse(draft) as Draft);
    latest.current = write;
    const timer = setTimeout(write, 250);
    return () => clearTimeout(timer);
  }, [userId, conversation, draft]);
  useEffect(() => {
    const write = () => latest.current?.();
    window.addEventListener('pagehide', write);
    return () => {
      window.removeEventListener('pagehide', write);
      write();
    };
  }, []);
}
