import { Button, Textarea } from '@mantine/core';
import { type KeyboardEvent, useContext, useEffect, useRef, useState } from 'react';
import { useTranslation } from '../../../texts/language.ts';
import { askToDiscard } from '../../../ui/ask-to-discard.ts';
import { focusOnMount } from '../../../ui/focus-on-mount.ts';
import { BranchActionsContext } from './branch-actions.ts';
import classes from './branches.module.css';

interface EditMessageProps {
  messageId: string;
  content: string;
  onClose: () => void;
}

/** A message to be said in other words. What was said stays, on a branch of its own. */
export default function EditMessage({ messageId, content, onClose }: EditMessageProps) {
  const { t } = useTranslation();
  const actions = useContext(BranchActionsContext);
  const [text, setText] = useState(content);
  const editor = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The transcript makes room for the taller row first, and may push the top of it out of sight.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => editor.current?.scrollIntoView({ block: 'nearest' }));
    });
    return () => cancelAnimationFrame(frame);
  }, []);
  const send = () => {
    actions?.edit(messageId, text.trim());
    onClose();
  };
  const isSendable = actions !== undefined && text.trim() !== '' && text.trim() !== content.trim();
  const handleKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      if (text === content) onClose();
      else void askToDiscard(onClose);
    }
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || !isSendable) return;
    event.preventDefault();
    send();
  };
  return (
    <div ref={editor} className={classes.editor}>
      <Textarea
        ref={focusOnMount}
        autosize
        minRows={1}
        maxRows={12}
        value={text}
        aria-label={t('chat.branches.editLabel')}
        aria-description={t('chat.branches.editHint')}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={handleKey}
      />
      <div className={classes.editorButtons}>
        <Button size="xs" variant="default" onClick={onClose}>
          {t('chat.cancel')}
        </Button>
        <Button size="xs" disabled={!isSendable} onClick={send}>
          {t('chat.send')}
        </Button>
      </div>
    </div>
  );
}
