import { Skeleton } from '@mantine/core';
import { useTranslation } from '../../texts/language.ts';
import classes from './transcript.module.css';

export function TranscriptSkeleton() {
  const { t } = useTranslation();
  return (
    <div className={classes.frame} aria-busy="true">
      <span className="visually-hidden">{t('chat.loadingMessages')}</span>
      <div className={classes.skeletons} aria-hidden>
        <Skeleton height={40} width="45%" radius="lg" ml="auto" />
        <Skeleton height={14} width="80%" />
        <Skeleton height={14} width="92%" />
        <Skeleton height={14} width="60%" />
        <Skeleton height={40} width="30%" radius="lg" ml="auto" />
        <Skeleton height={14} width="88%" />
        <Skeleton height={14} width="50%" />
      </div>
    </div>
  );
}
