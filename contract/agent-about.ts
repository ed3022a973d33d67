import * as z from 'zod';
import { toolSchema } from './agents.ts';
import { idParams } from './common.ts';
import { endpoint } from './endpoint.ts';
import { accessLevelSchema, integrationTypeSchema, operationSchema } from './integrations.ts';
import { routes } from './routes.ts';

/** What everybody who may use an agent may know of what it may do: never where a connection leads, nor by which account. */
export const agentAboutSchema = z
  .object({
    tools: z.array(toolSchema).meta({ description: 'Those that it may use for whoever asks' }),
    connections: z.array(
      z.object({
        name: z.string(),
        type: integrationTypeSchema,
        accessLevel: accessLevelSchema,
        models: z.array(z.object({ model: z.string(), name: z.string(), operations: z.array(operationSchema) })),
      }),
    ),
  })
  .meta({ id: 'AgentAbout' });
export type AgentAbout = z.infer<typeof agentAboutSchema>;
export type AboutConnection = AgentAbout['connections'][number];

export const agentAboutEndpoints = {
  getAgentAbout: endpoint({
    ...routes.getAgentAbout,
    tag: 'Agents',
    summary: 'What an agent may do, for everybody who may use it',
    params: idParams,
    answer: agentAboutSchema,
  }),
};
