import type { Template } from '../../../contract/agents.ts';
import type { Tool } from '../../tools/tool.ts';
import type { AgentTemplate } from './agent-template.ts';

/** What is shown of a template before an agent is made from it. */
export function presentTemplate(template: AgentTemplate): Template {
  const { id, name, description, allowedTools, integration, needsDirectory, suggestedTagline } = template;
  const { greetingMessage, department, odoo } = template;
  return {
    ...{ id, name, description, allowedTools, integration, needsDirectory, suggestedTagline },
    ...{ greetingMessage, department, permissions: odoo ?? null },
  };
}

export const presentTool = ({ id, title, description, category, integration, destructive }: Tool) => ({
  ...{ id, title, description, category, integration, destructive: destructive === true },
});
