import * as z from 'zod';

const messageSchema = z.object({
  role: z.enum(['system', 'user', 'assistant', 'tool']),
  content: z.string().default(''),
  tool_calls: z
    .array(z.object({ id: z.string().optional(), function: z.object({ name: z.string(), arguments: z.unknown() }) }))
    .optional(),
  tool_call_id: z.string().optional(),
  tool_name: z.string().optional(),
});

/** The part of a `POST /api/chat` body that the demo model looks at. */
export const chatRequestSchema = z.object({
  model: z.string(),
  stream: z.boolean().default(true),
  messages: z.array(messageSchema).min(1),
  tools: z.array(z.object({ function: z.object({ name: z.string() }) })).default([]),
});
export type ChatRequest = z.infer<typeof chatRequestSchema>;

export interface AnsweredCall {
  name: string;
  input: Record<string, unknown>;
  output: string;
}

/** A chat request, taken apart the way the rules need it. */
export interface DemoConversation {
  system: string;
  tools: Set<string>;
  /** What the person said last, without the list of attached files. */
  question: string;
  /** Paths of files attached to that message, as the file tools take them. */
  attachments: string[];
  previousQuestion: string;
  previousAnswer: string;
  /** How many answers the conversation has had before. */
  answers: number;
  /** The calls made since, with their results, in order. */
  calls: AnsweredCall[];
}

/** What the model does next: say something, ask for tools, or both. */
export interface DemoStep {
  text: string;
  toolCalls: { name: string; input: Record<string, unknown> }[];
}

export const say = (text: string): DemoStep => ({ text, toolCalls: [] });

export function readConversation({ messages, tools }: ChatRequest): DemoConversation {
  const said = messages.filter((message) => message.role === 'user');
  const last = messages.findLastIndex((message) => message.role === 'user');
  const answers = messages.slice(0, Math.max(0, last)).filter(({ role, content }) => role === 'assistant' && content);
  const [question = '', files = ''] = (said.at(-1)?.content ?? '').split(/(?:^|\n\n)Attached files:\n/);
  return {
    system: messages
      .filter((message) => message.role === 'system')
      .map((message) => message.content)
      .join('\n\n'),
    tools: new Set(tools.map((tool) => tool.function.name)),
    question: question.trim(),
    attachments: [...files.matchAll(/^- (uploads\/.+) \([^()]*\)$/gm)].map(([, path]) => `/workspace/${path}`),
    previousQuestion: said.at(-2)?.content ?? '',
    previousAnswer: answers.at(-1)?.content ?? '',
    answers: answers.length,
    calls: readCalls(messages.slice(last + 1)),
  };
}

function readCalls(messages: ChatRequest['messages']): AnsweredCall[] {
  const calls: AnsweredCall[] = [];
  for (const [index, message] of messages.entries()) {
    const results = messages.slice(index + 1).filter(({ role }) => role === 'tool');
    for (const [position, { id, function: called }] of (message.tool_calls ?? []).entries()) {
      const result = results.find((one) => id !== undefined && one.tool_call_id === id) ?? results[position];
      calls.push({
        name: called.name,
        input: (called.arguments ?? {}) as Record<string, unknown>,
        output: result?.content ?? '',
      });
    }
  }
  return calls;
}

/** The text below a heading of the system prompt, up to the next one. */
export function sectionOf(system: string, heading: string): string {
  const start = system.indexOf(`# ${heading}\n`);
  if (start < 0) return '';
  const body = system.slice(start + heading.length + 3);
  const end = body.search(/^(# |Today is \d{4})/m);
  return (end < 0 ? body : body.slice(0, end)).trim();
}

export const firstNameOf = (system: string): string =>
  /^Name: (\S+)/.exec(sectionOf(system, 'Whom you are talking to'))?.[1] ?? 'there';
