import * as z from 'zod';

export const knowledgeSettingsSchema = z
  .object({
    archiveFolders: z.array(z.string()),
    archivedWeight: z.number(),
    supersededWeight: z.number(),
  })
  .meta({ id: 'KnowledgeSettings' });
export type KnowledgeSettings = z.infer<typeof knowledgeSettingsSchema>;
