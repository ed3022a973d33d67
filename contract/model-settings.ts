import * as z from 'zod';

export const modelReferenceSchema = z.string().trim().min(1).max(300);

/** How much a model thinks before it answers, from nothing on. */
export const reasoningEfforts = ['none', 'low', 'medium', 'high'] as const;
type ReasoningEffort = (typeof reasoningEfforts)[number];

export const maxTemperature = 2;
export const outputTokenRange = { min: 256, max: 1_000_000 };

/** How an agent's model is asked; null leaves each to the model's provider. */
export const modelSettingsFields = {
  fallbackModel: modelReferenceSchema
    .nullable()
    .meta({ description: 'Answers when the agent’s model does not: `<provider>/<model id>`' }),
  reasoningEffort: z
    .enum(reasoningEfforts)
    .nullable()
    .meta({ description: 'How much the model thinks before it answers, as far as it can be told' }),
  temperature: z
    .number()
    .min(0)
    .max(maxTemperature)
    .nullable()
    .meta({ description: 'How freely the model chooses its words; models that take none are not told' }),
  maxOutputTokens: z
    .int()
    .min(outputTokenRange.min)
    .max(outputTokenRange.max)
    .nullable()
    .meta({ description: 'The most that it writes in one step; less where its model or a budget allows less' }),
};

export interface ModelSettings {
  reasoningEffort: ReasoningEffort | null;
  temperature: number | null;
  maxOutputTokens: number | null;
}
