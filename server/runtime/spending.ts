import type { FailureDetails } from '../../contract/socket.ts';
import type { RuntimeEvent, StepUsage } from './agent-runtime.ts';

/** For whom, with which agent and by which model tokens are spent. */
export interface Spender {
  userId: string;
  agentId: string;
  /** `<provider>/<model id>` */
  model: string;
  /** A UUID of what makes one call after the other, never two at once, such as a run: what it reserves stands under it. */
  holder: string;
}

/** A call of the model that is about to be made, in tokens. */
export interface PlannedCall {
  /** What it reads, rather too high than too low. */
  reads(): number;
  /** What it may write. */
  maxWrites: number;
  /** What the same holder used before and is recorded only with this call. */
  unrecorded: StepUsage;
}

/** What a holder's calls ask before they are made. */
export interface CallSpending {
  /**
   * Reserves what the call may cost. Returns how many tokens it may write, fewer where not all fit; undefined where no budget
   * limits it; or why it must not be made.
   */
  reserve(call: PlannedCall): Promise<number | undefined | BudgetExceeded>;
  /** So much of the answer came, in bytes: it is paid for, also where nobody says so. */
  hear(bytes: number): void;
}

/** The one place that every call of a model passes, whoever asks for it. */
export interface Spending {
  of(spender: Spender): CallSpending;
}

/** A budget lets the call not be made. The message is a sentence for the person. */
export class BudgetExceeded extends Error {
  override name = 'BudgetExceeded';
  readonly code: 'budget_exceeded' | 'model_unpriced';
  readonly details: FailureDetails | undefined;

  constructor(code: BudgetExceeded['code'], message: string, details?: FailureDetails) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

/** How a run ends that a budget does not let go on. */
export const spentEvent = ({ code, message, details }: BudgetExceeded): Extract<RuntimeEvent, { type: 'error' }> => ({
  type: 'error',
  code,
  message,
  retryable: false,
  ...(details && { details }),
});

/** What is reserved for an answer where nobody set a limit. */
export const assumedMaxWrites = 16_384;
