import * as z from 'zod';
import type { ProposedAction, ShownValue } from '../../../contract/proposals.ts';
import type { Preview } from '../proposal.ts';
import { ToolDenied, ToolError, type Tool, type ToolContext } from '../tool.ts';

const contextLimit = 16_000;

/** Where contexts are kept; both write their own audit event in the transaction of the change. */
export interface ContextStore {
  personal(userId: string): Promise<string>;
  organisation(): Promise<string>;
  savePersonal(writer: ContextWriter, content: string): Promise<void>;
  saveOrganisation(writer: ContextWriter, content: string): Promise<void>;
}

/** The person, and the agent that writes for them. */
export interface ContextWriter {
  userId: string;
  agentId: string;
}

const contextInput = z.strictObject({
  content: z
    .string()
    .max(contextLimit)
    .refine((content) => content.trim() !== '', 'must not be empty')
    .describe(`The whole new context in Markdown, at most ${contextLimit} characters`),
});

type ContextInput = z.output<typeof contextInput>;

/** How Smithers keeps what it learns about a person and, for admins, the organisation. */
export function createContextTools(options: {
  contexts: ContextStore;
  /** Asked at each call. */
  isAdmin(userId: string): Promise<boolean>;
}): Tool[] {
  const { contexts, isAdmin } = options;
  const saveUserContext: Tool<ContextInput> = {
    id: 'pinchy_save_user_context',
    title: 'Save what I know about you',
    description:
      'Saves what is worth knowing about this person in every conversation: role, work, preferences, how they like answers. ' +
      'It replaces what was saved before, so repeat everything that is still true (you see it in your instructions). ' +
      'Save only what the person said or confirmed; never passwords or other secrets.',
    ...common,
    preview: async ({ content }, { userId }) =>
      replacement('save_user_context', await contexts.personal(userId), storable(content)),
    async execute({ content }, context) {
      const clean = storable(content);
      await contexts.savePersonal(writerOf(context), clean);
      return saved(clean, 'Saved what I know about you');
    },
  };
  const saveOrganisationContext: Tool<ContextInput> = {
    id: 'pinchy_save_org_context',
    title: 'Save what I know about the organisation',
    description:
      'Saves what all shared agents should know about the organisation: what it does, products, teams, terms, conventions. ' +
      "It replaces what was saved before, so repeat everything that is still true. Everyone's agents read it: " +
      'nothing personal, no secrets. Only for administrators, who are asked before it is saved.',
    ...common,
    // Every agent is told what it says, whoever it talks with.
    category: 'powerful',
    async checkScope(_input, { userId }) {
      if (!(await isAdmin(userId)))
        throw new ToolDenied('Only administrators can change the context of the organisation.');
    },
    preview: async ({ content }) =>
      replacement('save_organisation_context', await contexts.organisation(), storable(content)),
    async execute({ content }, context) {
      const clean = storable(content);
      await contexts.saveOrganisation(writerOf(context), clean);
      return saved(clean, 'Saved what I know about the organisation');
    },
  };
  return [saveUserContext, saveOrganisationContext] as Tool[];
}

const common = {
  category: 'safe' as const,
  integration: null,
  personal: true,
  input: contextInput,
  timeLimit: 10_000,
  resultLimit: 1_000,
  auditInput: ({ content }: ContextInput) => ({ characters: content.length }),
};

/** What stood there and what will; whole, as it is all that is decided about. */
function replacement(action: ProposedAction, before: string, after: string): Preview {
  const shown = (text: string): ShownValue => (text === '' ? { kind: 'empty' } : { kind: 'text', text });
  const field = { name: 'content', labels: {}, before: [shown(before)], after: shown(after) };
  return { proposal: { action, records: [], about: [], fields: [field], destroys: false } };
}

/** PostgreSQL refuses NUL in text. */
function storable(content: string): string {
  const clean = content.replaceAll('\0', '').toWellFormed().trim();
  if (clean === '') throw new ToolError('The context must not be empty.');
  return clean;
}

function writerOf({ userId, agentId }: ToolContext): ContextWriter {
  return { userId, agentId };
}

function saved(content: string, summary: string) {
  return { text: `Saved ${content.length} characters. It counts from the next message on.`, summary };
}
