import type { Template } from '../../../contract/agents.ts';
import type { ModelPermission } from '../../../contract/integrations.ts';

export interface AgentTemplate extends Omit<Template, 'permissions'> {
  personality: string;
  instructions: string;
  /** What an agent of a template for Odoo gets in the connection it is made for. */
  odoo?: {
    /** Without these the agent cannot do its work, and is not created. */
    needed: ModelPermission[];
    /** Given where the Odoo has them. */
    wanted: ModelPermission[];
  };
}
