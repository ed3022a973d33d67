import { ActionIcon, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { FileText, Trash2 } from 'lucide-react';
import type { DirectoryContent } from '../../../contract/documents.ts';
import { call } from '../../api/client.ts';
import { useTranslation } from '../../texts/language.ts';
import { askToConfirm } from '../../ui/confirm.ts';
import { useFormats } from '../../ui/formats.ts';
import { notifyDone } from '../../ui/notify.ts';
import { fileSize } from '../chat/formats.ts';
import { Tooltip } from '../../ui/tooltip.tsx';
import classes from './knowledge.module.css';
import { knowledgeKeys } from './knowledge-queries.ts';

interface DocumentListProps {
  documents: DirectoryContent['documents'];
  isWritable: boolean;
}

export function DocumentList({ documents, isWritable }: DocumentListProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const formats = useFormats();
  const remove = ({ path, name }: { path: string; name: string }) =>
    askToConfirm({
      title: t('knowledge.removeDocumentQuestion', { name }),
      body: t('knowledge.removeDocumentBody'),
      confirm: t('knowledge.removeDocumentConfirm'),
      action: async () => {
        await call('removeDocument', { query: { path } });
        await queryClient.invalidateQueries({ queryKey: knowledgeKeys.all });
        notifyDone(t('knowledge.documentRemoved', { name }));
      },
    });
  return (
    <ul className={classes.list} aria-label={t('knowledge.documents')}>
      {documents.map(({ path, name, size, modifiedAt }) => (
        <li key={path} className={classes.row}>
          <FileText size={18} strokeWidth={1.8} aria-hidden className={classes.icon} />
          <div className={classes.rowText}>
            <Text>
              <bdi>{name}</bdi>
            </Text>
            <Text size="xs" c="dimmed">
              {fileSize(size)} · {t('knowledge.changedAt', { at: formats.dateTime(modifiedAt) })}
            </Text>
          </div>
          {isWritable && (
            <Tooltip label={t('knowledge.removeDocument', { name })}>
              <ActionIcon
                variant="subtle"
                color="gray"
                size="lg"
                aria-label={t('knowledge.removeDocument', { name })}
                onClick={() => remove({ path, name })}
              >
                <Trash2 size={17} aria-hidden />
              </ActionIcon>
            </Tooltip>
          )}
        </li>
      ))}
    </ul>
  );
}
