import { parseFullModelId } from '../../providers/provider.ts';
import type { StepUsage } from '../../runtime/agent-runtime.ts';

/** US dollars for one step of `<provider>/<model id>` at the list prices of that moment; null when no price is known. */
export async function priceStep({ model, ...step }: StepUsage & { model: string; at: Date }): Promise<number | null> {
  const reference = parseFullModelId(model);
  if (!reference) return null;
  const { priceUsage } = await import('../../providers/prices.ts');
  return priceUsage({ ...step, provider: reference.provider, model: reference.id });
}
