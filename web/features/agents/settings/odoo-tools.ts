import type { Operation } from '../../../../contract/integrations.ts';

/** The tools that an operation needs, one of them at least. */
export const toolsFor: Record<Operation, readonly string[]> = {
  read: ['odoo_read', 'odoo_count', 'odoo_aggregate'],
  create: ['odoo_create'],
  write: ['odoo_write'],
  delete: ['odoo_delete'],
};

/** What each business action needs; undefined stands for whichever model it is used on. */
export const actionNeeds = {
  odoo_confirm_quotation: [['sale.order', 'write']],
  odoo_validate_delivery: [['stock.picking', 'write']],
  odoo_post_bill: [['account.move', 'write']],
  odoo_register_payment: [
    ['account.move', 'write'],
    ['account.payment', 'create'],
  ],
  odoo_schedule_activity: [['mail.activity', 'create']],
  odoo_close_activity: [['mail.activity', 'write']],
  odoo_send_message: [[undefined, 'write']],
} as const satisfies Record<string, readonly (readonly [string | undefined, Operation])[]>;

export type OdooAction = keyof typeof actionNeeds;
export const odooActions = Object.keys(actionNeeds) as OdooAction[];

export const canUse = (operation: Operation, tools: readonly string[]): boolean =>
  toolsFor[operation].some((tool) => tools.includes(tool)) ||
  odooActions.some((tool) => tools.includes(tool) && actionNeeds[tool].some(([, needed]) => needed === operation));
