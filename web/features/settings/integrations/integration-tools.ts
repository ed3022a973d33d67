import type { IntegrationType } from '../../../../contract/integrations.ts';

/** Whether a tool works through connections of that type. */
export const isToolOf = (type: IntegrationType, toolId: string): boolean =>
  type === 'odoo' ? toolId.startsWith('odoo_') : toolId === 'pinchy_web_search';
