import { Button, Group, Text } from '@mantine/core';
import { FilePlus2, FolderPlus, Upload } from 'lucide-react';
import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useDropzone } from 'react-dropzone';
import { maxDocumentBytes } from '../../../contract/limits.ts';
import { useTranslation } from '../../texts/language.ts';
import { FormAlert } from '../../ui/form-alert.tsx';
import { fileSize } from '../chat/formats.ts';
import type { ChosenDocument } from './document-queue.ts';
import classes from './knowledge.module.css';
import { dataRoot } from './knowledge-search.ts';
import { UploadProgress } from './upload-progress.tsx';
import { uploadQueue } from './upload-queue.ts';

interface AddDocumentsProps {
  directory: string;
  children: ReactNode;
}

/** A part of the page onto which documents are dropped, or for which they are chosen. */
export function AddDocuments({ directory, children }: AddDocumentsProps) {
  const { t } = useTranslation();
  const [problem, setProblem] = useState<string | null>(null);
  const folder = useRef<HTMLInputElement>(null);
  const isTop = directory === dataRoot;

  const add = (files: readonly File[]) => {
    const documents = files.map((file): ChosenDocument => ({ directory, path: pathOf(file), file }));
    const fitting = isTop ? documents.filter(({ path }) => path.includes('/')) : documents;
    setProblem(fitting.length < documents.length ? t('knowledge.onlyFolders') : null);
    if (fitting.length > 0) uploadQueue.add(fitting);
  };
  const { getRootProps, getInputProps, isDragActive, open } = useDropzone({
    onDrop: add,
    noClick: true,
    noKeyboard: true,
  });

  return (
    <div {...getRootProps({ className: classes.dropzone, 'data-dragging': isDragActive || undefined })}>
      {isDragActive && (
        <div className={classes.drop} aria-hidden>
          <Upload size={26} />
          {t('knowledge.dropHere', { path: directory })}
        </div>
      )}
      <input {...getInputProps({ 'aria-label': t('knowledge.chooseFiles'), hidden: true })} />
      <input
        ref={folder}
        type="file"
        hidden
        multiple
        aria-label={t('knowledge.chooseFolder')}
        {...{ webkitdirectory: '' }}
        onChange={(event) => {
          add([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
      <div className={classes.add}>
        <Text size="sm" c="dimmed">
          {t(isTop ? 'knowledge.addHintTop' : 'knowledge.addHint')}{' '}
          {t('knowledge.limits', { size: fileSize(maxDocumentBytes) })}
        </Text>
        <Group gap="xs" mt="sm">
          {!isTop && (
            <Button variant="default" leftSection={<FilePlus2 size={16} aria-hidden />} onClick={open}>
              {t('knowledge.chooseFiles')}
            </Button>
          )}
          <Button
            variant="default"
            leftSection={<FolderPlus size={16} aria-hidden />}
            onClick={() => folder.current?.click()}
          >
            {t('knowledge.chooseFolder')}
          </Button>
        </Group>
        <FormAlert message={problem} />
        <UploadProgress />
      </div>
      {children}
    </div>
  );
}

/** Below what was dropped or chosen: browsers and the drop zone tell it in ways of their own. */
function pathOf(file: File & { path?: string; relativePath?: string }): string {
  const path = [file.webkitRelativePath, file.relativePath, file.path].find((each) => each?.includes('/')) ?? file.name;
  return path.replace(/^(\.?\/)+/, '');
}
