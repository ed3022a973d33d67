/** The tools that may be called twice without harm. Of any other it is said, before a question is asked again, that it was called. */
export const readingTools: ReadonlySet<string> = new Set([
  'odoo_aggregate',
  'odoo_count',
  'odoo_describe_model',
  'odoo_list_models',
  'odoo_read',
  'pinchy_ls',
  'pinchy_read',
  'pinchy_save_user_context',
  'pinchy_search',
  'pinchy_web_fetch',
  'pinchy_web_search',
]);

/** The tool that reads the files of a chat; without it an agent knows no more of them than their names. */
export const fileReadingTool = 'pinchy_read';

/** The tools that return passages by numbers, so that answers can cite them. */
export const citingTools: ReadonlySet<string> = new Set([
  fileReadingTool,
  'pinchy_search',
  'pinchy_web_fetch',
  'pinchy_web_search',
]);
