import type { Tool } from '../tool.ts';
import { createCloseActivityTool, createScheduleActivityTool } from './actions/activities.ts';
import { createConfirmQuotationTool } from './actions/confirm-quotation.ts';
import { createPostBillTool } from './actions/post-bill.ts';
import { createRegisterPaymentTool } from './actions/register-payment.ts';
import { createSendMessageTool } from './actions/send-message.ts';
import { createValidateDeliveryTool } from './actions/validate-delivery.ts';
import { createAttachTool } from './odoo-attach.tool.ts';
import { createDeleteTool } from './odoo-delete.tool.ts';
import { createDescribeModelTool, createListModelsTool } from './odoo-describe.tools.ts';
import { createAggregateTool, createCountTool, createReadTool } from './odoo-read.tools.ts';
import type { OdooToolServices } from './odoo-session.ts';
import { createCreateTool, createWriteTool } from './odoo-write.tools.ts';

/**
 * The tools that work in Odoo. What an agent may do with which model is asked of the database at each call.
 *
 * @param services.dataRoot the host directory behind the virtual root `/data`
 */
export function createOdooTools(services: OdooToolServices & { dataRoot: string }): Tool[] {
  return [
    createListModelsTool(services),
    createDescribeModelTool(services),
    createReadTool(services),
    createCountTool(services),
    createAggregateTool(services),
    createCreateTool(services),
    createWriteTool(services),
    createDeleteTool(services),
    createAttachTool(services),
    createConfirmQuotationTool(services),
    createValidateDeliveryTool(services),
    createPostBillTool(services),
    createRegisterPaymentTool(services),
    createScheduleActivityTool(services),
    createCloseActivityTool(services),
    createSendMessageTool(services),
  ] as Tool[];
}
