import { priceUsage } from '../../providers/prices.ts';
import { parseFullModelId } from '../../providers/provider.ts';
import type { StepUsage } from '../../runtime/agent-runtime.ts';

/** US dollars for one step of `<provider>/<model id>` at the list prices of that moment; null when no price is known. */
export function priceStep({ model, ...step }: StepUsage & { model: string; at: Date }): number | null {
  const reference = parseFullModelId(model);
  return reference ? priceUsage({ ...step, provider: reference.provider, model: reference.id }) : null;
}
