import { hasText, useTranslation } from '../../../texts/language.ts';
import type { ToolDescription } from '../../../../contract/agents.ts';
import type { Texts } from '../../../texts/translate.ts';

type DescribedTool = keyof Texts['agents']['tools'];

const isDescribed = (id: string): id is DescribedTool => hasText(`agents.tools.${id}.title`);

export interface ToolTexts {
  title: string;
  description: string;
  /** Continues "This agent can …". */
  can: (places: string) => string;
}

/** The server describes tools to models; people read our own words, where we have some. */
export function useToolTexts(): (tool: ToolDescription) => ToolTexts {
  const { t } = useTranslation();
  return ({ id, title, description }) =>
    isDescribed(id)
      ? {
          title: t(`agents.tools.${id}.title`),
          description: t(`agents.tools.${id}.description`),
          can: (places) => t(`agents.tools.${id}.can`, { places }),
        }
      : { title, description, can: () => t('agents.can', { tool: title }) };
}
