import { Alert, Button, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { UserRoundCheck } from 'lucide-react';
import { useState } from 'react';
import type { User } from '../../../../contract/users.ts';
import { call } from '../../../api/client.ts';
import { useTranslation } from '../../../texts/language.ts';
import { FormAlert } from '../../../ui/form-alert.tsx';
import { messageOf, notifyDone } from '../../../ui/notify.ts';
import { licenceKeys } from '../licence/licence-queries.ts';
import { userKeys } from './user-queries.ts';

interface ReactivateOfferProps {
  user: User;
  onReactivated: () => void;
}

/** Who was deactivated needs no invitation: their account is still there. */
export function ReactivateOffer({ user, onReactivated }: ReactivateOfferProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { id, name } = user;
  const reactivate = async () => {
    setIsBusy(true);
    setProblem(null);
    try {
      await call('reactivateUser', { params: { id } });
      await queryClient.invalidateQueries({ queryKey: userKeys.all });
      await queryClient.invalidateQueries({ queryKey: licenceKeys.status });
      notifyDone(t('settings.users.isReactivated', { name }));
      onReactivated();
    } catch (error) {
      setProblem(messageOf(error));
      setIsBusy(false);
    }
  };
  return (
    <Alert variant="light" color="blue" p="sm" icon={<UserRoundCheck size={18} aria-hidden />}>
      <Stack gap="xs" align="flex-start">
        <FormAlert message={problem} />
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {t(user.passwordBlocked ? 'settings.users.reactivateBlockedBody' : 'settings.users.reactivateBody', { name })}
        </Text>
        <Button size="xs" loading={isBusy} onClick={() => void reactivate()}>
          {t('settings.users.reactivateName', { name })}
        </Button>
      </Stack>
    </Alert>
  );
}
