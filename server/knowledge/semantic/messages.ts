import type { ProviderCredential, ProviderRoots } from '../../providers/provider.ts';

/** What an admin chose, as it is at this moment, with what is needed to ask it. */
export interface EmbeddingTarget {
  /** `<provider>/<model id>` */
  model: string;
  credential: ProviderCredential;
}

/** With what it costs at this moment, in US dollars; null when no price is known. */
export interface PricedTarget extends EmbeddingTarget {
  dollarsPerMillion: number | null;
}

export interface EmbeddingRequest {
  databaseUrl: string;
  roots: ProviderRoots;
}

export interface EmbeddingSummary {
  /** False when another process embeds at the moment. */
  hadLock: boolean;
  /** Passages that have a vector now and had none. */
  embedded: number;
  /** Whether there may be more to do: the model was changed meanwhile. */
  isOutdated: boolean;
  /** Why it stopped before its end, as a sentence. */
  problem: string | undefined;
}

/** Before each request the worker asks the server which model is chosen now. */
export type EmbeddingWorkerMessage = { question: number } | { summary: EmbeddingSummary };

export interface TargetAnswer {
  question: number;
  target: PricedTarget | undefined;
}
