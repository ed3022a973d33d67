import { hasText, useTranslation } from '../../../texts/language.ts';
import type { ToolDescription } from '../../../../contract/agents.ts';
import type { agents } from '../../../texts/en-agents.ts';
import type { IntegrationTexts } from '../../../texts/en-integrations.ts';

type DescribedTool = keyof typeof agents.tools;
type IntegrationTool = keyof IntegrationTexts['tools'];

const isDescribed = (id: string): id is DescribedTool => hasText(`agents.tools.${id}.title`);
const isOfIntegrations = (id: string): id is IntegrationTool => hasText(`integrations.tools.${id}.title`);

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
        title: t(`agents.tools.${id}.title`),
        description: t(`agents.tools.${id}.description`),
        can: (places) => t(`agents.tools.${id}.can`, { places }),
      };
    }
    const texts = isOfIntegrations(id)
      ? { title: t(`integrations.tools.${id}.title`), description: t(`integrations.tools.${id}.description`) }
      : { title, description };
    return { ...texts, can: () => t('agents.can', { tool: texts.title }) };
  };
}
