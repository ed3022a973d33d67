import type { PluginConfig } from '../../../contract/agents.ts';
import type { Proposal } from '../../../contract/proposals.ts';
import type { Tool } from '../tool.ts';

/** Whether a person may say "always, in this conversation" of a call: the admin permits the tool, and it destroys nothing unless the tool is there for that. */
export const mayAllowAlways = (
  tool: Pick<Tool, 'id' | 'destructive' | 'personal'>,
  { allow_always: permitted }: PluginConfig,
  proposal: Pick<Proposal, 'destroys'> | null | undefined,
): boolean =>
  !tool.personal && permitted?.includes(tool.id) === true && (proposal?.destroys !== true || tool.destructive === true);

/** What "this" is: the same kind of change, in the same part of the same system. */
export const scopeOf = (proposal: Proposal | null | undefined): string =>
  proposal ? [proposal.action, proposal.connection?.id ?? '-', proposal.model?.name ?? '-'].join(' ') : '';
