import { ActionIcon, Modal } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { ChevronLeft, ChevronRight, Download } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from '../../../texts/language.ts';
import classes from './reading.module.css';

interface Picture {
  id: string;
  filename: string;
  url: string;
}

interface PictureViewerProps {
  pictures: Picture[];
  /** The id of the one to look at. */
  shown: string;
  onShow: (id: string) => void;
  onClose: () => void;
}

/** Pictures of a message, one at a time, as large as the window; arrows lead to the others. */
export default function PictureViewer({ pictures, shown, onShow, onClose }: PictureViewerProps) {
  const { t } = useTranslation();
  const isPhone = useMediaQuery('(max-width: 30em)', false, { getInitialValueInEffect: false });
  const index = pictures.findIndex(({ id }) => id === shown);
  const picture = pictures[index];
  if (!picture) return null;
  const go = (step: number) => onShow(pictures[(index + step + pictures.length) % pictures.length]!.id);
  const handleKey = (event: KeyboardEvent) => {
    if (event.key === 'ArrowLeft') go(-1);
    if (event.key === 'ArrowRight') go(1);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      onKeyDown={pictures.length > 1 ? handleKey : undefined}
      size="auto"
      centered
      fullScreen={isPhone}
      title={picture.filename}
    >
      <img className={classes.picture} src={picture.url} alt={picture.filename} />
      <div className={classes.pictureActions}>
        {pictures.length > 1 && (
          <>
            <ActionIcon variant="default" aria-label={t('chat.previousPicture')} onClick={() => go(-1)}>
              <ChevronLeft size={16} />
            </ActionIcon>
            <span>{t('chat.pictureOf', { number: index + 1, count: pictures.length })}</span>
            <ActionIcon variant="default" aria-label={t('chat.nextPicture')} onClick={() => go(1)}>
              <ChevronRight size={16} />
            </ActionIcon>
          </>
        )}
        <ActionIcon
          component="a"
          variant="default"
          href={picture.url}
          download={picture.filename}
          aria-label={t('chat.downloadPicture', { name: picture.filename })}
        >
          <Download size={16} />
        </ActionIcon>
      </div>
    </Modal>
  );
}
