import { Button, Group, Stack, Switch, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from '../../../texts/language.ts';
import type { User } from '../../../../contract/users.ts';
import { call } from '../../../api/client.ts';
import { CopyLink } from '../../../ui/copy-link.tsx';
import { FormAlert } from '../../../ui/form-alert.tsx';
import { messageOf } from '../../../ui/notify.ts';
import { inviteLink } from './invite-link.ts';
import { LinkModal } from './link-modal.tsx';
import { userKeys } from './user-queries.ts';

interface ResetDialogProps {
  user: User;
  onClose: () => void;
}

/** Asks whether the old password stops at once, then shows the link, which is there only now. */
export function ResetDialog({ user, onClose }: ResetDialogProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [blocks, setBlocks] = useState(true);
  // As it was when the dialog opened: the list behind it changes with the reset.
  const [isBlocked] = useState(user.passwordBlocked === true);
  const [isKept, setIsKept] = useState(false);
  const { id, name } = user;
  const reset = useMutation({
    mutationFn: () => call('resetUser', { params: { id }, body: { blockPassword: isBlocked || blocks } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: userKeys.all }),
  });
  return (
    <LinkModal
      opened
      onClose={onClose}
      title={t(reset.data ? 'settings.users.resetLinkTitle' : 'settings.users.resetQuestion', { name })}
      holdsLink={reset.isPending || reset.data !== undefined}
      isKept={isKept}
    >
      {() =>
        reset.data ? (
          <CopyLink
            hint={t('settings.users.resetLinkHint', { name })}
            link={inviteLink(reset.data.token)}
            onCopied={() => setIsKept(true)}
          />
        ) : (
          <Stack>
            <Text size="sm">{t('settings.users.resetBody', { name })}</Text>
            {isBlocked ? (
              <Text size="sm">{t('settings.users.resetStaysBlocked', { name })}</Text>
            ) : (
              <Switch
                checked={blocks}
                onChange={(event) => setBlocks(event.currentTarget.checked)}
                label={t('settings.users.blockPassword')}
                description={t(blocks ? 'settings.users.blockPasswordOn' : 'settings.users.blockPasswordOff', { name })}
              />
            )}
            <FormAlert message={reset.isError ? messageOf(reset.error) : null} />
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose} disabled={reset.isPending}>
                {t('common.cancel')}
              </Button>
              <Button onClick={() => reset.mutate()} loading={reset.isPending} data-autofocus>
                {t('settings.users.resetConfirm')}
              </Button>
            </Group>
          </Stack>
        )
      }
    </LinkModal>
  );
}
