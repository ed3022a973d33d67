import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Suspense } from 'react';
import type { Attachment } from '../../../../contract/socket.ts';
import { call } from '../../../api/client.ts';
import { lazyPart } from '../../../ui/import-part.ts';
import { fileSize } from '../formats.ts';
import { DocumentDrawer } from '../sources/document-drawer.tsx';
import { DocumentLines } from '../sources/document-lines.tsx';
import { DocumentRefused } from '../sources/document-refused.tsx';

const PdfPages = lazyPart(() => import('../sources/pdf-pages.tsx'));

interface FileDrawerProps {
  agentId: string;
  file: Attachment;
  url: string;
  opened: boolean;
  onClose: () => void;
}

/** What is in a file that came with a message: a PDF as pages, all else as the text that the agent could read. */
export default function FileDrawer({ agentId, file, url, opened, onClose }: FileDrawerProps) {
  const lines = <FileLines agentId={agentId} id={file.id} />;
  return (
    <DocumentDrawer name={file.filename} detail={fileSize(file.size)} url={url} opened={opened} onClose={onClose}>
      {file.mediaType === 'application/pdf' ? (
        <Suspense fallback={<Skeleton height={320} m="md" />}>
          <PdfPages url={url} page={1} passage="" claim="" fallback={lines} />
        </Suspense>
      ) : (
        lines
      )}
    </DocumentDrawer>
  );
}

function FileLines({ agentId, id }: { agentId: string; id: string }) {
  const { data, error } = useQuery({
    queryKey: ['upload-preview', agentId, id] as const,
    queryFn: ({ signal }) => call('previewUpload', { params: { agentId, id }, signal }),
    staleTime: Infinity,
    retry: false,
  });
  if (error) return <DocumentRefused error={error} />;
  if (!data) return <Skeleton height={320} m="md" />;
  return <DocumentLines document={{ ...data, firstLine: 1, marks: [] }} claim="" />;
}
