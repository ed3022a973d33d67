import { useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/client.ts';
import { useTranslation } from '../../texts/language.ts';
import { askToConfirm } from '../../ui/confirm.ts';
import { notifyDone } from '../../ui/notify.ts';
import { knowledgeKeys } from './knowledge-queries.ts';

/** Has documents read anew, after a question: all, or those of a directory. */
export function useReindex() {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  return (directory?: { path: string; name: string }) =>
    askToConfirm({
      title: directory ? t('knowledge.reindexQuestionOf', { name: directory.name }) : t('knowledge.reindexQuestion'),
      body: t('knowledge.reindexBody'),
      confirm: t('knowledge.reindexConfirm'),
      danger: false,
      action: async () => {
        await call('reindexKnowledge', { body: directory ? { path: directory.path } : {} });
        await queryClient.invalidateQueries({ queryKey: knowledgeKeys.all });
        notifyDone(t('knowledge.reindexStarted'));
      },
    });
}
