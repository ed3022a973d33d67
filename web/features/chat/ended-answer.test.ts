import { expect, test } from 'vitest';
import type { ToolCall } from '../../../contract/socket.ts';
import { changingCalls } from './ended-answer.ts';
import { newMessage } from './transcript-message.ts';

const message = (role: 'user' | 'assistant', toolCalls: ToolCall[] = []) => ({
  ...newMessage({ id: crypto.randomUUID(), role, content: 'x', createdAt: '2026-01-31T12:00:00.000Z' }),
  toolCalls,
});
const call = (name: string, state: ToolCall['state'] = 'done'): ToolCall => ({ toolCallId: name, name, state });

test('what has changed something since the last question is named once; reading changes nothing', () => {
  expect(
    changingCalls([
      message('user'),
      message('assistant', [call('odoo_delete')]),
      message('user'),
      message('assistant', [call('odoo_read'), call('odoo_write'), call('odoo_create', 'denied')]),
      message('assistant', [call('odoo_write'), call('mcp_shop_order')]),
    ]),
  ).toEqual(['odoo_write', 'mcp_shop_order']);
  expect(changingCalls([message('user'), message('assistant', [call('pinchy_ls')])])).toEqual([]);
});
