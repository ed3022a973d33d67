import { useDisclosure } from '@mantine/hooks';
import { FileText } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useTranslation, withPageTexts } from '../../texts/language.ts';
import type { Attachment } from '../../../contract/socket.ts';
import { urlOf } from '../../api/client.ts';
import { lazyPart } from '../../ui/import-part.ts';
import { fileSize } from './formats.ts';
import classes from './attachments.module.css';

const FileDrawer = lazyPart(() => withPageTexts(() => import('./files/file-drawer.tsx')));
const PictureViewer = lazyPart(() => import('./reading/picture-viewer.tsx'));

/** What every browser draws; others may draw more, but a broken picture helps nobody. */
const drawable: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

interface AttachmentsProps {
  attachments: Attachment[] | undefined;
  agentId: string;
}

/** What came with a message: pictures as pictures, which open large, and everything else as files, which open beside. */
export default function Attachments({ attachments = [], agentId }: AttachmentsProps) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<string>();
  const [file, setFile] = useState<Attachment>();
  const [isOpen, drawer] = useDisclosure(false);
  const [broken, setBroken] = useState<ReadonlySet<string>>(new Set());
  if (attachments.length === 0) return null;
  const open = (one: Attachment) => {
    setFile(one);
    drawer.open();
  };
  const isPicture = ({ id, mediaType }: Attachment) => drawable.has(mediaType) && !broken.has(id);
  const addressOf = ({ id }: Attachment) => urlOf('getUpload', { params: { agentId, id } });
  const pictures = attachments.filter(isPicture).map((one) => ({ ...one, url: addressOf(one) }));
  const inOrder = [...pictures, ...attachments.filter((one) => !isPicture(one))];
  return (
    <>
      <ul className={classes.attachments}>
        {inOrder.map((attachment) => (
          <li key={attachment.id}>
            {isPicture(attachment) ? (
              <button
                type="button"
                className={classes.thumbnail}
                aria-label={t('chat.openPicture', { name: attachment.filename })}
                onClick={() => setShown(attachment.id)}
              >
                <img
                  src={addressOf(attachment)}
                  alt=""
                  loading="lazy"
                  onError={() => setBroken(new Set([...broken, attachment.id]))}
                />
              </button>
            ) : (
              <button type="button" className={classes.file} onClick={() => open(attachment)}>
                <FileText size={15} aria-hidden />
                <span className={classes.filename}>{attachment.filename}</span>
                <span className={classes.size}>{fileSize(attachment.size)}</span>
              </button>
            )}
          </li>
        ))}
      </ul>
      {file && (
        <Suspense>
          <FileDrawer
            key={file.id}
            agentId={agentId}
            file={file}
            url={addressOf(file)}
            opened={isOpen}
            onClose={drawer.close}
          />
        </Suspense>
      )}
      {shown && (
        <Suspense>
          <PictureViewer pictures={pictures} shown={shown} onShow={setShown} onClose={() => setShown(undefined)} />
        </Suspense>
      )}
    </>
  );
}
