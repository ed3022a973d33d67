import type { tools as english } from '../texts/en-tools.ts';
import type { Sentences } from './match-sentences.ts';

/** What the server calls each tool, and its id. */
export const serverTitles: Readonly<Record<string, keyof typeof english>> = {
  'List files': 'pinchy_ls',
  'Read file': 'pinchy_read',
  'Search files': 'pinchy_search',
  'Save what I know about you': 'pinchy_save_user_context',
  'Save what I know about the organisation': 'pinchy_save_org_context',
  'List Odoo models': 'odoo_list_models',
  'Describe Odoo model': 'odoo_describe_model',
  'Read Odoo records': 'odoo_read',
  'Count Odoo records': 'odoo_count',
  'Aggregate Odoo records': 'odoo_aggregate',
  'Create Odoo record': 'odoo_create',
  'Change Odoo records': 'odoo_write',
  'Delete Odoo records': 'odoo_delete',
  'Attach file in Odoo': 'odoo_attach_file',
  'Confirm quotation in Odoo': 'odoo_confirm_quotation',
  'Validate delivery in Odoo': 'odoo_validate_delivery',
  'Post bill in Odoo': 'odoo_post_bill',
  'Register payment in Odoo': 'odoo_register_payment',
  'Schedule activity in Odoo': 'odoo_schedule_activity',
  'Close activity in Odoo': 'odoo_close_activity',
  'Send message on Odoo record': 'odoo_send_message',
  'Search the web': 'pinchy_web_search',
  'Read web page': 'pinchy_web_fetch',
};

/** The server's titles as people know the tools in another language, in its quotation marks. */
export const titlesIn = (tools: typeof english, quoted: (title: string) => string): Sentences =>
  Object.fromEntries(Object.entries(serverTitles).map(([title, id]) => [title, quoted(tools[id])]));
