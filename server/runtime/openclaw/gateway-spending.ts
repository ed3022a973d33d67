import type { RunRequest, RuntimeEvent } from '../agent-runtime.ts';
import { estimateMessages, estimateText } from '../native/token-estimate.ts';
import { assumedMaxWrites, BudgetExceeded, type Spending } from '../spending.ts';
import { noUsage, promptTokens } from '../step-usage.ts';

/** What a gateway's run spends. The gateway makes the calls: what is refused is stopped once it has begun. */
export interface GatewaySpending {
  /** Reserves the step that is about to be asked for; returns why it must not be. */
  beforeStep(): Promise<BudgetExceeded | undefined>;
  /** The same once an event shows that a further step has begun. */
  hear(event: RuntimeEvent): Promise<BudgetExceeded | undefined>;
}

const caution = 1.25;
const tokensPerTool = 300;
/** What results of tools add from step to step, roughly. */
const grownBy = 1_000;

export function createGatewaySpending(spending: Spending, request: RunRequest): GatewaySpending {
  const calls = spending.of({ ...request, holder: request.runId });
  let isReserved = false;
  let reads = () =>
    Math.ceil(
      caution *
        (estimateText(request.system) + estimateMessages(request.messages) + request.toolIds.length * tokensPerTool),
    );

  async function beforeStep(): Promise<BudgetExceeded | undefined> {
    try {
      await calls.reserve({ reads, maxWrites: assumedMaxWrites, unrecorded: noUsage });
      isReserved = true;
      return undefined;
    } catch (error) {
      if (error instanceof BudgetExceeded) return error;
      throw error;
    }
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
