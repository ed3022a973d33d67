import { beforeEach, expect, test } from 'vitest';
import { ToolDenied, ToolError, type Tool, type ToolContext } from '../tool.ts';
import { createContextTools } from './context-tools.ts';

const context = { userId: 'user-1', agentId: 'agent-1' } as ToolContext;
let saved: unknown[];
let admins: string[];
let tools: Tool[];

beforeEach(() => {
  saved = [];
  admins = ['user-1'];
  tools = createContextTools({
    contexts: {
      personal: async () => '',
      organisation: async () => '',
      savePersonal: async (writer, content) => void saved.push(['personal', writer, content]),
      saveOrganisation: async (writer, content) => void saved.push(['organisation', writer, content]),
    },
    isAdmin: async (userId) => admins.includes(userId),
  });
});

test('save what was learnt, on behalf of the person, without what the database refuses', async () => {
  await tools[0]?.execute({ content: '# Ada\0\nLikes tables.' }, context);
  await tools[1]?.execute({ content: 'We sell lobsters.' }, context);
  expect(saved).toEqual([
    ['personal', { userId: 'user-1', agentId: 'agent-1' }, '# Ada\nLikes tables.'],
    ['organisation', { userId: 'user-1', agentId: 'agent-1' }, 'We sell lobsters.'],
  ]);
});

test('the organisation is for those who are administrators at that moment', async () => {
  await expect(tools[1]?.checkScope?.({ content: 'x' }, context)).resolves.toBeUndefined();
  admins = [];
  await expect(tools[1]?.checkScope?.({ content: 'x' }, context)).rejects.toThrow(ToolDenied);
});

test('take 1 to 16,000 characters and keep them out of the trail', async () => {
  for (const { input, personal, auditInput } of tools) {
    expect(personal).toBe(true);
    expect(input.safeParse({ content: 'x'.repeat(16_000) }).success).toBe(true);
    expect(input.safeParse({ content: 'x'.repeat(16_001) }).success).toBe(false);
    expect(input.safeParse({ content: ' \n' }).success).toBe(false);
    expect(auditInput({ content: 'secret' })).toEqual({ characters: 6 });
  }
  await expect(tools[0]?.execute({ content: '\0' }, context)).rejects.toThrow(ToolError);
});
