import { Alert, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { Suspense } from 'react';
import { visibleText } from '../../../../contract/visible-text.ts';
import type { OpenedSource } from '../../../../contract/sources.ts';
import { useTranslation } from '../../../texts/language.ts';
import { lazyPart } from '../../../ui/import-part.ts';
import { DocumentDrawer } from './document-drawer.tsx';
import { DocumentLines } from './document-lines.tsx';
import { DocumentRefused } from './document-refused.tsx';
import { placeText } from './place-text.ts';
import type { WantedSource } from './source-context.tsx';
import { sourceName } from './source-link.tsx';
import { openedSourceQuery, sourceFileUrl } from './source-queries.ts';
import classes from './source-drawer.module.css';

const PdfPages = lazyPart(() => import('./pdf-pages.tsx'));

interface SourceDrawerProps {
  wanted: WantedSource;
  opened: boolean;
  onClose: () => void;
}

/** A document beside the conversation, at the passage that the answer cites. */
export default function SourceDrawer({ wanted, opened, onClose }: SourceDrawerProps) {
  const { t } = useTranslation();
  const { source } = wanted;
  const name = sourceName(source.path);
  const { data, error } = useQuery(openedSourceQuery(wanted));
  return (
    <DocumentDrawer
      name={name}
      detail={placeText(t, visibleText(source.place))}
      url={data && sourceFileUrl(wanted)}
      opened={opened}
      onClose={onClose}
    >
      {error && (
        <DocumentRefused error={error}>
          <Quoted text={source.text} />
        </DocumentRefused>
      )}
      {!error && !data && <Skeleton height={320} m="md" />}
      {data && <Opened document={data} wanted={wanted} />}
    </DocumentDrawer>
  );
}

function Opened({ document, wanted }: { document: OpenedSource; wanted: WantedSource }) {
  const { t } = useTranslation();
  const { text } = wanted.source;
  return (
    <>
      {document.changed && (
        <Alert className={classes.notice} color="yellow" icon={<TriangleAlert size={16} />}>
          {t('chat.sourceChanged')}
          <Quoted text={text} />
        </Alert>
      )}
      {document.kind === 'pages' ? (
        <Suspense fallback={<Skeleton height={320} m="md" />}>
          <PdfPages
            url={sourceFileUrl(wanted)}
            page={document.page ?? 1}
            passage={document.changed ? '' : text}
            claim={wanted.claim}
            fallback={<DocumentLines document={document} claim={wanted.claim} />}
          />
        </Suspense>
      ) : (
        <>
          {document.kind === 'picture' && (
            <img className={classes.picture} src={sourceFileUrl(wanted)} alt={document.filename} />
          )}
          <DocumentLines document={document} claim={wanted.claim} />
        </>
      )}
    </>
  );
}

/** What the agent read at the time, which the answer keeps. */
function Quoted({ text }: { text: string }) {
  const { t } = useTranslation();
  if (text === '') return null;
  return (
    <>
      <p className={classes.quotedLabel}>{t('chat.sourceAsRead')}</p>
      <blockquote className={classes.quoted} dir="auto">
        {visibleText(text)}
      </blockquote>
    </>
  );
}
