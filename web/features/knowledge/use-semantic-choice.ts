import { useQueryClient } from '@tanstack/react-query';
import type { EmbeddingModelChoice } from '../../../contract/semantic-search.ts';
import { call } from '../../api/client.ts';
import { useTranslation } from '../../texts/language.ts';
import { askToConfirm } from '../../ui/confirm.ts';
import { notifyDone } from '../../ui/notify.ts';
import { semanticSearchQuery } from './knowledge-queries.ts';

/** What leaves the house with a model, in a sentence or two. */
export function useLeavingText() {
  const { t } = useTranslation();
  return ({ provider, host }: EmbeddingModelChoice): string =>
    provider === 'ollama-local'
      ? t('knowledge.meaningLeavesLocal', { host })
      : t('knowledge.meaningLeavesCloud', { host, provider: t(`providers.${provider}.name`) });
}

/** Switches search by meaning on, to another model, and off, each after a question. */
export function useSemanticChoice() {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const leavingText = useLeavingText();

  async function put(model: string | null): Promise<void> {
    const status = await call('putSemanticSearch', { body: { model } });
    queryClient.setQueryData(semanticSearchQuery.queryKey, status);
  }

  return {
    choose: (model: EmbeddingModelChoice, isChange: boolean, onDone?: () => void) =>
      askToConfirm({
        title: t('knowledge.meaningOnQuestion', { model: model.displayName }),
        body: [leavingText(model), isChange && t('knowledge.meaningChangeBody')].filter(Boolean).join(' '),
        confirm: t(isChange ? 'knowledge.meaningSwitchConfirm' : 'knowledge.meaningOnConfirm'),
        danger: false,
        action: async () => {
          await put(model.id);
          notifyDone(t('knowledge.meaningStarted'));
          onDone?.();
        },
      }),
    switchOff: () =>
      askToConfirm({
        title: t('knowledge.meaningOffQuestion'),
        body: t('knowledge.meaningOffBody'),
        confirm: t('knowledge.meaningOffConfirm'),
        action: async () => {
          await put(null);
          notifyDone(t('knowledge.meaningOffDone'));
        },
      }),
  };
}
