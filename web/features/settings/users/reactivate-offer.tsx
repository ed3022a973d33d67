import { Alert, Button, Stack, Text } from '@mantine/core';
import { UserRoundCheck } from 'lucide-react';
import type { User } from '../../../../contract/users.ts';
import { useTranslation } from '../../../texts/language.ts';
import { FormAlert } from '../../../ui/form-alert.tsx';
import { useReactivate } from './use-reactivate.ts';

interface ReactivateOfferProps {
  user: User;
  onReactivated: () => void;
}

/** Who was deactivated needs no invitation: their account is still there. */
export function ReactivateOffer({ user, onReactivated }: ReactivateOfferProps) {
  const { t } = useTranslation();
  const { isBusy, problem, reactivate } = useReactivate(user, onReactivated);
  const { name } = user;
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
