import type { Operation } from '../../../../contract/integrations.ts';

/** The tools that an operation needs, one of them at least. */
export const toolsFor: Record<Operation, readonly string[]> = {
  read: ['odoo_read', 'odoo_count', 'odoo_aggregate'],
  create: ['odoo_create'],
  write: ['odoo_write'],
  delete: ['odoo_delete'],
};

export const canUse = (operation: Operation, tools: readonly string[]): boolean =>
  toolsFor[operation].some((tool) => tools.includes(tool));
