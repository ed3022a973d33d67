import { Alert, Button, Drawer, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Download, TriangleAlert } from 'lucide-react';
import { Suspense } from 'react';
import { openingRefusals } from '../../../../contract/source-refusals.ts';
import { unreadableCodes } from '../../../../contract/unreadable-codes.ts';
import { visibleText } from '../../../../contract/visible-text.ts';
import type { OpenedSource } from '../../../../contract/sources.ts';
import { ApiError } from '../../../api/api-error.ts';
import { useTranslation } from '../../../texts/language.ts';
import type { Translate } from '../../../texts/translate.ts';
import { lazyPart } from '../../../ui/import-part.ts';
import { DocumentLines } from './document-lines.tsx';
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
    <Drawer.Root opened={opened} onClose={onClose} position="right" size={820} padding={0}>
      <Drawer.Overlay />
      <Drawer.Content>
        <div className={classes.content}>
          <Drawer.Header className={classes.header}>
            <div className={classes.title}>
              <Drawer.Title className={classes.name}>{name}</Drawer.Title>
              <span className={classes.place}>{placeText(t, visibleText(source.place))}</span>
            </div>
            {data && (
              <Button
                component="a"
                href={sourceFileUrl(wanted)}
                download={name}
                size="compact-sm"
                variant="subtle"
                color="gray"
                leftSection={<Download size={15} aria-hidden />}
              >
                {t('chat.downloadSource')}
              </Button>
            )}
            <Drawer.CloseButton aria-label={t('chat.closeSource')} />
          </Drawer.Header>
          <Drawer.Body className={classes.body}>
            {error && <Refused error={error} text={source.text} />}
            {!error && !data && <Skeleton height={320} m="md" />}
            {data && <Opened document={data} wanted={wanted} />}
          </Drawer.Body>
        </div>
      </Drawer.Content>
    </Drawer.Root>
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

function Refused({ error, text }: { error: Error; text: string }) {
  const { t } = useTranslation();
  const reason = error instanceof ApiError ? error.reason : undefined;
  const sentence = sentenceOf(t, reason) ?? error.message;
  return (
    <Alert
      className={classes.notice}
      color="gray"
      icon={<TriangleAlert size={16} />}
      title={t('chat.sourceNotOpened')}
      role="alert"
    >
      {sentence}
      <Quoted text={text} />
    </Alert>
  );
}

/** Undefined for a reason of a newer server. */
function sentenceOf(t: Translate, reason: string | undefined): string | undefined {
  const unreadable = unreadableCodes.find((code) => code === reason);
  if (unreadable) return t(`knowledge.reasons.${unreadable}`);
  const refusal = openingRefusals.find((code) => code === reason);
  return refusal && t(`knowledge.refusals.${refusal}`);
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
