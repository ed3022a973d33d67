import { Button, Group, List, Modal, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from '../../../texts/language.ts';
import type { User } from '../../../../contract/users.ts';
import { call } from '../../../api/client.ts';
import { focusOnMount } from '../../../ui/focus-on-mount.ts';
import edges from '../../../ui/scroll-edges.module.css';
import { licenceKeys } from '../licence/licence-queries.ts';
import { OutcomeList } from './outcome-list.tsx';
import { doForEach } from './outcomes.ts';
import { userKeys } from './user-queries.ts';

interface DeactivateDialogProps {
  users: readonly User[];
  /** After it was done, for all or for some. */
  onClose: () => void;
  onCancel: () => void;
}

/** Asks before several people are shut out, then says how it went for each. */
export function DeactivateDialog({ users, onClose, onCancel }: DeactivateDialogProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const work = useMutation({
    mutationFn: () => doForEach(users, ({ id }) => call('deactivateUser', { params: { id } })),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: userKeys.all });
      await queryClient.invalidateQueries({ queryKey: licenceKeys.status });
    },
  });
  const close = work.isPending ? () => undefined : work.isSuccess ? onClose : onCancel;
  return (
    <Modal
      opened
      onClose={close}
      title={t(work.isSuccess ? 'settings.users.deactivatedTitle' : 'settings.users.deactivateManyQuestion', {
        count: users.length,
      })}
    >
      {work.data ? (
        <Stack>
          <OutcomeList
            label={t('settings.users.deactivatedTitle')}
            rows={work.data.map(({ subject, problem }) => ({
              name: `${subject.name} (${subject.email})`,
              problem,
              done: (
                <Text size="sm" c="dimmed">
                  {t('settings.users.deactivated')}
                </Text>
              ),
            }))}
          />
          <Group justify="flex-end">
            <Button onClick={onClose} ref={focusOnMount}>
              {t('common.close')}
            </Button>
          </Group>
        </Stack>
      ) : (
        <Stack>
          <List
            size="sm"
            className={edges.ends}
            mah={200}
            style={{ overflowWrap: 'anywhere' }}
            tabIndex={0}
            aria-label={t('settings.users.title')}
          >
            {users.map(({ id, name, email }) => (
              <List.Item key={id}>{`${name} (${email})`}</List.Item>
            ))}
          </List>
          <Text size="sm">{t('settings.users.deactivateManyBody')}</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={onCancel} disabled={work.isPending} data-autofocus>
              {t('common.cancel')}
            </Button>
            <Button color="red" onClick={() => work.mutate()} loading={work.isPending}>
              {t('settings.users.deactivate')}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
