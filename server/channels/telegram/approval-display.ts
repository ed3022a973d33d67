import { visibleText } from '../../../contract/visible-text.ts';
import type { ShownRun } from '../../chat/channel-access.ts';
import type { StoredToolCall } from '../../db/schema/conversations.ts';
import type { OpenAnswer } from '../../db/schema/telegram.ts';
import { describeProposal } from './proposal-text.ts';
import { escapeHtml } from './styled-text.ts';
import type { TextsInLanguage } from './texts-in.ts';

// A tool call that waits for the person, as a message with two buttons.

/** A longer call cannot be shown whole, and what is not seen is not approved here. */
const maxInputLength = 1_500;
/** The same in words; together they stay under what one message may hold. */
const maxToldLength = 1_800;

export type Decision = 'approve' | 'deny';

export interface ApprovalMessage {
  html: string;
  plain: string;
  buttons: { text: string; callback_data: string }[];
}

const data = (decision: Decision, approvalId: string) => `${decision}:${approvalId}`;

/** What a pressed button says; undefined for data that no button of ours holds. */
export function readButton(text: string): { decision: Decision; approvalId: string } | undefined {
  const parts = /^(approve|deny):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(text);
  return parts ? { decision: parts[1] as Decision, approvalId: parts[2] ?? '' } : undefined;
}

/** The calls of a run that have waited, with their approvals. */
export function callsToDecide(run: ShownRun): (StoredToolCall & { approvalId: string })[] {
  return run.messages.flatMap(({ toolCalls }) =>
    toolCalls.filter((call): call is StoredToolCall & { approvalId: string } => call.approvalId !== undefined),
  );
}

/** How the message looks now: with buttons while the call waits, with what came of it afterwards. */
export async function showApproval(
  call: StoredToolCall & { approvalId: string },
  { run, texts }: { run: Pick<ShownRun, 'ended'>; texts: TextsInLanguage },
): Promise<ApprovalMessage> {
  const input = visibleText(JSON.stringify(call.input, null, 2) ?? '');
  const proposal = call.proposal && describeProposal(call.proposal, texts);
  const told = proposal?.lines.join('\n') ?? '';
  const isWhole = input.length <= maxInputLength && told.length <= maxToldLength && proposal?.isWhole !== false;
  const shown = isWhole ? input : `${input.slice(0, maxInputLength)}…`;
  const isOpen = call.state === 'approval' && !run.ended;
  const closing = isOpen
    ? (isWhole ? texts.askToDecide : texts.decideInBrowser)(minutesLeft(call))
    : await outcomeOf(call, texts);
  const buttons = [
    ...(isWhole ? [{ text: texts.approve, callback_data: data('approve', call.approvalId) }] : []),
    { text: texts.deny, callback_data: data('deny', call.approvalId) },
  ];
  const common = { buttons: isOpen ? buttons : [] };
  if (proposal) {
    const lines = told.length <= maxToldLength ? told : `${told.slice(0, maxToldLength).toWellFormed()}…`;
    const [head, body, raw, end] = [proposal.headline, lines, shown, closing].map(escapeHtml);
    return {
      html: `<b>${head}</b>\n${body}\n<blockquote expandable>${raw}</blockquote>\n<i>${end}</i>`,
      plain: `${proposal.headline}\n${lines}\n${shown}\n${closing}`,
      ...common,
    };
  }
  const title = texts.titleOf(call.name);
  const words = isOpen && call.summary ? `${await texts.say(call.summary)}\n` : '';
  return {
    html: `<b>${escapeHtml(title)}</b>\n${escapeHtml(words)}<pre>${escapeHtml(shown)}</pre>\n<i>${escapeHtml(closing)}</i>`,
    plain: `${title}\n${words}${shown}\n${closing}`,
    ...common,
  };
}

/** Begun ones count: within the last one it can still be decided. */
export const minutesLeft = ({ expiresAt }: { expiresAt?: string | Date }, now = Date.now()): number =>
  Math.max(1, Math.ceil((new Date(expiresAt ?? now).getTime() - now) / 60_000));

async function outcomeOf(call: StoredToolCall, texts: TextsInLanguage): Promise<string> {
  const summary = call.summary === undefined ? undefined : await texts.say(call.summary);
  if (call.state === 'approval') return texts.noLongerWaits;
  if (call.state === 'running') return texts.approved;
  if (call.state === 'done') return [texts.approved, summary].filter(Boolean).join(' ');
  return summary ?? texts.noLongerWaits;
}

/** Which calls of the run have a message, and how it looked when it was sent or edited last. */
export function shownApprovals(answer: OpenAnswer): NonNullable<OpenAnswer['approvals']> {
  return (answer.approvals ??= {});
}
