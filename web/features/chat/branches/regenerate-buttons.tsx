import { ActionIcon } from '@mantine/core';
import { ChevronDown, RefreshCw } from 'lucide-react';
import { useContext } from 'react';
import { useTranslation, withPageTexts } from '../../../texts/language.ts';
import { titleOfTool } from '../../../texts/tool-titles.ts';
import { askToConfirm } from '../../../ui/confirm.ts';
import { lazyPart } from '../../../ui/import-part.ts';
import { MenuOnDemand } from '../../../ui/menu-on-demand.tsx';
import { Tooltip } from '../../../ui/tooltip.tsx';
import type { TranscriptMessage } from '../conversation-types.ts';
import { changingCalls } from '../ended-answer.ts';
import { BranchActionsContext } from './branch-actions.ts';

// With the names of providers, which are among the texts of pages.
const loadMenu = () => withPageTexts(() => import('./model-menu.tsx'));
const ModelMenu = lazyPart(loadMenu);

interface RegenerateButtonsProps {
  /** The message of the person that was answered. */
  questionId: string;
  answer: () => readonly TranscriptMessage[];
}

/** Asks for another answer, by the same model or another one; after a question where tools have changed something for this one. */
export function RegenerateButtons({ questionId, answer }: RegenerateButtonsProps) {
  const { t } = useTranslation();
  const actions = useContext(BranchActionsContext);
  if (!actions) return null;
  const regenerate = (model?: string) => {
    const changing = changingCalls(answer());
    if (changing.length === 0) return actions.regenerate(questionId, model);
    askToConfirm({
      title: t('chat.branches.regenerate'),
      body: t('chat.changedAlready', { tools: changing.map((name) => titleOfTool(t, name)).join(', ') }),
      confirm: t('chat.askAnyway'),
      action: async () => actions.regenerate(questionId, model),
    });
  };
  return (
    <>
      <Tooltip label={t('chat.branches.regenerate')}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={t('chat.branches.regenerate')}
          onClick={() => regenerate()}
        >
          <RefreshCw size={14} />
        </ActionIcon>
      </Tooltip>
      {actions.choosesModel && (
        <MenuOnDemand
          target={
            <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t('chat.branches.otherModel')}>
              <ChevronDown size={14} />
            </ActionIcon>
          }
          load={loadMenu}
        >
          {(target) => <ModelMenu target={target} onChoose={regenerate} />}
        </MenuOnDemand>
      )}
    </>
  );
}
