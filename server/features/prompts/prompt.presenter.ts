import type { Prompt } from '../../../contract/prompts.ts';
import type { PromptRow } from './prompt.queries.ts';

export function presentPrompt({ id, ownerId, name, text, updatedAt }: PromptRow): Prompt {
  const library = ownerId === null ? 'organisation' : 'own';
  return { id, library, name, text, updatedAt: updatedAt.toISOString() };
}
