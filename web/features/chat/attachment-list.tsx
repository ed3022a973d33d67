import { ActionIcon, Progress } from '@mantine/core';
import { FileText, TriangleAlert, X } from 'lucide-react';
import { useTranslation } from '../../texts/language.ts';
import classes from './composer.module.css';
import { fileSize } from './formats.ts';
import type { PendingAttachment } from './use-attachments.ts';

interface AttachmentListProps {
  items: readonly PendingAttachment[];
  onRemove: (key: string) => void;
}

export function AttachmentList({ items, onRemove }: AttachmentListProps) {
  const { t } = useTranslation();
  if (items.length === 0) return null;
  return (
    <ul className={classes.attachments}>
      {items.map(({ key, name, size, progress, upload, failure }) => (
        <li key={key} data-failed={failure ? true : undefined}>
          {failure ? <TriangleAlert size={15} aria-hidden /> : <FileText size={15} aria-hidden />}
          <span className={classes.filename} role={failure ? 'alert' : undefined}>
            {failure ?? name}
          </span>
          {!failure && <span className={classes.size}>{fileSize(size)}</span>}
          {!upload && !failure && (
            <Progress
              className={classes.progress}
              size="xs"
              value={progress * 100}
              aria-label={t('chat.uploading', { name })}
            />
          )}
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            radius="xl"
            aria-label={t('chat.removeAttachment', { name })}
            onClick={() => onRemove(key)}
          >
            <X size={14} />
          </ActionIcon>
        </li>
      ))}
    </ul>
  );
}
