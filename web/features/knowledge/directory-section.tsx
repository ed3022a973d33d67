import { Alert, Button, Group, Pagination, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { FolderPlus, Lock } from 'lucide-react';
import { useState } from 'react';
import type { DirectoryContent } from '../../../contract/documents.ts';
import { useTranslation } from '../../texts/language.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { usePageLabels } from '../../ui/pages.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { Section } from '../../ui/section.tsx';
import { fileSize } from '../chat/formats.ts';
import { AddDocuments } from './add-documents.tsx';
import { DirectoryCrumbs } from './directory-crumbs.tsx';
import { DirectoryList } from './directory-list.tsx';
import { DocumentList } from './document-list.tsx';
import { directoryContentQuery, documentsOfPage, knowledgeIndexQuery } from './knowledge-queries.ts';
import { dataRoot } from './knowledge-search.ts';
import { NewDirectoryDialog } from './new-directory-dialog.tsx';

interface DirectorySectionProps {
  directory: string;
  page: number;
}

/** What lies in a directory, and what can be added to it. */
export function DirectorySection({ directory, page }: DirectorySectionProps) {
  const { t } = useTranslation();
  const query = useQuery(directoryContentQuery(directory, page));
  const [isNaming, setNaming] = useState(false);
  const isTop = directory === dataRoot;
  const name = directory.slice(directory.lastIndexOf('/') + 1);
  return (
    <>
      {!isTop && <DirectoryCrumbs directory={directory} />}
      <Section
        title={isTop ? t('knowledge.directories') : name}
        description={isTop ? t('knowledge.directoriesHint') : undefined}
        actions={
          query.data?.writable && (
            <Button
              variant="default"
              leftSection={<FolderPlus size={16} aria-hidden />}
              onClick={() => setNaming(true)}
            >
              {t('knowledge.newDirectory')}
            </Button>
          )
        }
      >
        <QueryState query={query} lines={4}>
          {(content) =>
            content.writable ? (
              <AddDocuments directory={directory}>
                <Content content={content} page={page} />
              </AddDocuments>
            ) : (
              <>
                <NotWritable content={content} onAgain={() => void query.refetch()} />
                <Content content={content} page={page} />
              </>
            )
          }
        </QueryState>
      </Section>
      {isNaming && <NewDirectoryDialog directory={directory} onClose={() => setNaming(false)} />}
    </>
  );
}

function Content({ content, page }: { content: DirectoryContent; page: number }) {
  const labels = usePageLabels();
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { path, directories, documents, total, isComplete } = content;
  const isTop = path === dataRoot;
  const pages = Math.max(1, Math.ceil(total / documentsOfPage));
  if (isTop && directories.length === 0 && content.writable) {
    return (
      <EmptyState picture="documents" title={t('knowledge.noneTitle')}>
        {t('knowledge.noneBody')}
      </EmptyState>
    );
  }
  return (
    <>
      {directories.length > 0 && <DirectoryList directories={directories} isWritable={content.writable} />}
      {isTop && <IndexSize />}
      {documents.length > 0 && <DocumentList documents={documents} isWritable={content.writable} />}
      {!isTop && total === 0 && <EmptyState picture="documents">{t('knowledge.documentsNone')}</EmptyState>}
      {!isComplete && (
        <Text size="sm" mt="md">
          {t('knowledge.incomplete')}
        </Text>
      )}
      {pages > 1 && (
        <Group justify="flex-end" mt="md">
          <Pagination
            aria-label={t('knowledge.documentPages')}
            total={pages}
            value={page}
            onChange={(next) =>
              void navigate({
                to: '/knowledge',
                search: { directory: isTop ? undefined : path, page: next > 1 ? next : undefined },
              })
            }
            {...labels}
          />
        </Group>
      )}
    </>
  );
}

/** What all that is indexed takes beside the documents themselves. */
function IndexSize() {
  const { t } = useTranslation();
  const { data } = useQuery(knowledgeIndexQuery);
  if (!data) return null;
  return (
    <Text size="xs" c="dimmed" mt="sm">
      {t('knowledge.indexSize', { size: fileSize(data.indexBytes) })}
    </Text>
  );
}

function NotWritable({ content, onAgain }: { content: DirectoryContent; onAgain: () => void }) {
  const { t } = useTranslation();
  const isEmptyRoot = content.path === dataRoot && content.directories.length === 0;
  return (
    <Alert
      variant="light"
      color="gray"
      title={t(isEmptyRoot ? 'knowledge.noneTitle' : 'knowledge.notWritableTitle')}
      icon={<Lock size={18} aria-hidden />}
    >
      <Stack gap="sm" align="flex-start">
        {t(isEmptyRoot ? 'knowledge.noRootBody' : 'knowledge.notWritableBody')}
        <Button size="compact-sm" variant="default" onClick={onAgain}>
          {t('knowledge.lookAgain')}
        </Button>
      </Stack>
    </Alert>
  );
}
