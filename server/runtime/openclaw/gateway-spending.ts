import type { RunRequest, RuntimeEvent } from '../agent-runtime.ts';
import { estimateMessages, estimateText, withTools } from '../native/token-estimate.ts';
import { assumedMaxWrites, BudgetExceeded, type Spending } from '../spending.ts';
import { noUsage, promptTokens } from '../step-usage.ts';

/** What a gateway's run spends. The gateway makes the calls: what is refused is stopped once it has begun. */
export interface GatewaySpending {
  /** Reserves the step that is about to be asked for; returns why it must not be. */
  beforeStep(): Promise<BudgetExceeded | undefined>;
  /** The same once an event shows that a further step has begun. */
  hear(event: RuntimeEvent): Promise<BudgetExceeded | undefined>;
}

/** What results of tools add from step to step, roughly. */
const grownBy = 1_000;

export function createGatewaySpending(spending: Spending, request: RunRequest): GatewaySpending {
  const calls = spending.of({ ...request, holder: request.runId });
  let isReserved = false;
  let reads = () =>
    withTools(estimateText(request.system) + estimateMessages(request.messages), request.toolIds.length);

  async function beforeStep(): Promise<BudgetExceeded | undefined> {
    const allowed = await calls.reserve({ reads, maxWrites: assumedMaxWrites, unrecorded: noUsage });
    if (allowed instanceof BudgetExceeded) return allowed;
    isReserved = true;
    return undefined;
  }

  return {
    beforeStep,
    async hear(event) {
      if (event.type === 'step-end') {
        isReserved = false;
        const { usage } = event;
        reads = () => promptTokens(usage) + usage.outputTokens + grownBy;
      }
      if (event.type !== 'text-delta' && event.type !== 'tool-start') return undefined;
      const refused = isReserved ? undefined : await beforeStep();
      if (!refused && event.type === 'text-delta') calls.hear(Buffer.byteLength(event.text));
      return refused;
    },
  };
}
