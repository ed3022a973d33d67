import { Button, Group, Stack, Text } from '@mantine/core';
import type { ModalProps } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from '../../../texts/language.ts';
import { focusOnMount } from '../../../ui/focus-on-mount.ts';
import { FormModal } from '../../../ui/form-modal.tsx';

interface LinkModalProps extends Pick<ModalProps, 'opened' | 'title' | 'size' | 'onExitTransitionEnd'> {
  onClose: () => void;
  /** Whether something is shown, or on its way, that cannot be shown again. */
  holdsLink: boolean;
  /** Whether all of it was copied or kept. */
  isKept: boolean;
  /** `leave` goes on to what is asked for, which takes the links away: at once where they are kept, else once confirmed. */
  children: (leave: (action: () => void) => void) => ReactNode;
}

/**
 * A dialog with links that are shown only once. It is closed on purpose only: a click beside it does nothing, and whoever
 * closes it before they copied, goes elsewhere or reloads is asked first. Links are not stored: they are as good as passwords.
 */
export function LinkModal({ onClose, holdsLink, isKept, children, ...modal }: LinkModalProps) {
  const { t } = useTranslation();
  const [next, setNext] = useState<{ action: () => void } | null>(null);
  const guards = holdsLink && modal.opened;
  const blocker = useBlocker({
    shouldBlockFn: () => guards,
    enableBeforeUnload: () => guards,
    withResolver: true,
    disabled: !guards,
  });
  const isAsking = guards && (next !== null || blocker.status === 'blocked');
  const goBack = () => {
    setNext(null);
    blocker.reset?.();
  };
  const leave = (action: () => void) => {
    if (guards && !isKept) setNext({ action });
    else action();
  };
  const giveUp = () => {
    blocker.proceed?.();
    (next?.action ?? onClose)();
    setNext(null);
  };
  return (
    <FormModal
      {...modal}
      holdsForm={!holdsLink}
      onClose={isAsking ? goBack : () => leave(onClose)}
      closeOnClickOutside={!holdsLink}
    >
      {isAsking && (
        <Stack role="alert">
          <Text size="sm">{t(isKept ? 'people.leaveKept' : 'people.leaveLost')}</Text>
          <Group justify="flex-end">
            <Button onClick={goBack} ref={focusOnMount}>
              {t('people.backToLink')}
            </Button>
            <Button variant="default" onClick={giveUp}>
              {t('people.leaveAnyway')}
            </Button>
          </Group>
        </Stack>
      )}
      <div hidden={isAsking}>{children(leave)}</div>
    </FormModal>
  );
}
