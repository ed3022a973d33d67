import { visibleText } from '../../contract/visible-text.ts';
import type { agents } from './en-agents.ts';
import type { IntegrationTexts } from './en-integrations.ts';
import { hasText } from './language.ts';
import type { TextKey, Translate } from './translate.ts';

export type DescribedTool = keyof typeof agents.tools;
export type IntegrationTool = keyof IntegrationTexts['tools'];

export const isDescribed = (id: string): id is DescribedTool => hasText(`agents.tools.${id}.description`);
export const isOfIntegrations = (id: string): id is IntegrationTool => hasText(`integrations.tools.${id}.description`);

/** What people know a tool as; its id where we have no words of our own. */
export function titleOfTool(t: Translate, id: string): string {
  const path = `tools.${id}`;
  const title = t(path as TextKey);
  return title === path ? visibleText(id) : title;
}
