import { Button, Drawer } from '@mantine/core';
import { Download } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from '../../../texts/language.ts';
import classes from './source-drawer.module.css';

interface DocumentDrawerProps {
  name: string;
  /** What stands below the name, such as the place that is shown. */
  detail: ReactNode;
  /** The file itself; undefined while it is not known to be there. */
  url: string | undefined;
  opened: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** A document beside the conversation. */
export function DocumentDrawer({ name, detail, url, opened, onClose, children }: DocumentDrawerProps) {
  const { t } = useTranslation();
  return (
    <Drawer.Root opened={opened} onClose={onClose} position="right" size={820} padding={0}>
      <Drawer.Overlay />
      <Drawer.Content>
        <div className={classes.content}>
          <Drawer.Header className={classes.header}>
            <div className={classes.title}>
              <Drawer.Title className={classes.name}>{name}</Drawer.Title>
              <span className={classes.place}>{detail}</span>
            </div>
            {url && (
              <Button
                component="a"
                href={url}
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
          <Drawer.Body className={classes.body}>{children}</Drawer.Body>
        </div>
      </Drawer.Content>
    </Drawer.Root>
  );
}
