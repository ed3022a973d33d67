import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { User } from '../../../../contract/users.ts';
import { call } from '../../../api/client.ts';
import { useTranslation } from '../../../texts/language.ts';
import { messageOf, notifyDone } from '../../../ui/notify.ts';
import { licenceKeys } from '../licence/licence-queries.ts';
import { userKeys } from './user-queries.ts';

/** Gives a deactivated person their account back, and says so. */
export function useReactivate({ id, name }: User, onReactivated: () => void) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
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
  return { isBusy, problem, reactivate };
}
