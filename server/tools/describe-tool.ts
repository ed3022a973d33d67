import * as z from 'zod';
import type { Tool } from './tool.ts';

/** A tool as a model is shown it: the JSON schema (draft 7) describes the input; the tool gate checks it. */
export interface ToolDescription {
  id: string;
  title: string;
  description: string;
  schema: Record<string, unknown>;
}

export function describeTool({ id, title, description, input }: Tool): ToolDescription {
  const { $schema: _, ...schema } = z.toJSONSchema(input, { io: 'input', target: 'draft-7' });
  return { id, title, description, schema };
}
