import { visibleText } from '../../contract/visible-text.ts';
import type { agents } from './en-agents.ts';
import type { IntegrationTexts } from './en-integrations.ts';
import { hasText } from './language.ts';
import type { TextKey, Translate } from './translate.ts';

export type DescribedTool = keyof typeof agents.tools;
export type IntegrationTool = keyof IntegrationTexts['tools'];

export const isDescribed = (id: string): id is DescribedTool => hasText(`agents.tools.${id}.title`);
export const isOfIntegrations = (id: string): id is IntegrationTool => hasText(`integrations.tools.${id}.title`);

/** What people know a tool as; its id where we have no words of our own. */
export function titleOfTool(t: Translate, id: string): string {
  for (const part of ['agents', 'integrations'] as const) {
    const path = `${part}.tools.${id}.title`;
    const title = t(path as TextKey);
    if (title !== path) return title;
  }
  return visibleText(id);
}
