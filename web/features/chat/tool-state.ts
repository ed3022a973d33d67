import type { ToolState } from '../../../contract/socket.ts';

/** How far a tool call is, in words. */
export const toolStateKeys = {
  running: 'chat.toolRunning',
  done: 'chat.toolDone',
  denied: 'chat.toolDenied',
  failed: 'chat.toolFailed',
  approval: 'chat.toolApproval',
} as const satisfies Record<ToolState, string>;
