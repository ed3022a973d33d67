import type { ToolDescription } from '../../../../contract/agents.ts';
import { useTranslation } from '../../../texts/language.ts';
import { isDescribed, isOfIntegrations, titleOfTool } from '../../../texts/tool-titles.ts';

export interface ToolTexts {
  title: string;
  description: string;
  /** Continues "This agent can …". */
  can: (places: string) => string;
}

/** The server describes tools to models; people read our own words, where we have some. */
export function useToolTexts(): (tool: ToolDescription) => ToolTexts {
  const { t } = useTranslation();
  return ({ id, title, description }) => {
    if (isDescribed(id)) {
      return {
        title: titleOfTool(t, id),
        description: t(`agents.tools.${id}.description`),
        can: (places) => t(`agents.tools.${id}.can`, { places }),
      };
    }
    const texts = isOfIntegrations(id)
      ? { title: titleOfTool(t, id), description: t(`integrations.tools.${id}.description`) }
      : { title, description };
    return { ...texts, can: () => t('agents.can', { tool: texts.title }) };
  };
}
