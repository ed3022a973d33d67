import type { BenchContext } from './bench-context.ts';
import type { Result } from './result.ts';
import { soakMinutes } from './soak-minutes.ts';

export interface Bench {
  limitSeconds: number;
  /** Too long for a run of everything: its results have a part of their own in results.md. */
  onlyByName?: true;
  /** Variables of the environment that make it smaller, for a quick look: what comes of that is not kept. */
  smaller?: string[];
  load(): Promise<(context: BenchContext) => Promise<Result[]>>;
}

/** Every benchmark by the name that `npm run bench -- NAME` takes, in the order in which they run. */
export const benches: Record<string, Bench> = {
  sizes: { limitSeconds: 25, load: async () => (await import('./sizes.ts')).benchSizes },
  start: { limitSeconds: 90, load: async () => (await import('./start.ts')).benchStart },
  idle: { limitSeconds: 110, load: async () => (await import('./idle.ts')).benchIdle },
  lighthouse: { limitSeconds: 170, load: async () => (await import('./lighthouse.ts')).benchLighthouse },
  'long-chat': { limitSeconds: 60, load: async () => (await import('./long-chat.ts')).benchLongChat },
  'first-chunk': { limitSeconds: 25, load: async () => (await import('./first-chunk.ts')).benchFirstChunk },
  agents: { limitSeconds: 60, load: async () => (await import('./agents.ts')).benchAgents },
  'audit-page': { limitSeconds: 60, load: async () => (await import('./audit-page.ts')).benchAuditPage },
  permissions: { limitSeconds: 25, load: async () => (await import('./permissions.ts')).benchPermissions },
  streams: { limitSeconds: 120, load: async () => (await import('./streams.ts')).benchStreams },
  messages: { limitSeconds: 40, load: async () => (await import('./messages.ts')).benchMessages },
  replicas: { limitSeconds: 120, load: async () => (await import('./streams.ts')).benchReplicas },
  sockets: { limitSeconds: 90, load: async () => (await import('./sockets.ts')).benchSockets },
  'sign-ins': { limitSeconds: 40, load: async () => (await import('./sign-ins.ts')).benchSignIns },
  neighbours: {
    limitSeconds: 700,
    load: async () => (await import('./neighbours.ts')).benchNeighbours,
    onlyByName: true,
    smaller: ['BENCH_ATTACK'],
  },
  usage: { limitSeconds: 45, load: async () => (await import('./usage.ts')).benchUsage },
  conversations: { limitSeconds: 35, load: async () => (await import('./conversations.ts')).benchConversations },
  openclaw: { limitSeconds: 150, load: async () => (await import('./openclaw.ts')).benchOpenClaw },
  soak: {
    limitSeconds: soakMinutes * 60 + 120,
    onlyByName: true,
    load: async () => (await import('./soak.ts')).benchSoak,
  },
  documents: {
    limitSeconds: 240,
    onlyByName: true,
    load: async () => (await import('./documents.ts')).benchDocuments,
  },
  knowledge: {
    limitSeconds: 600,
    onlyByName: true,
    smaller: ['KNOWLEDGE_PASSAGES'],
    load: async () => (await import('./knowledge.ts')).benchKnowledge,
  },
  indexing: {
    limitSeconds: 600,
    onlyByName: true,
    smaller: ['INDEX_DOCUMENTS'],
    load: async () => (await import('./indexing.ts')).benchIndexing,
  },
  retrieval: {
    limitSeconds: 600,
    onlyByName: true,
    smaller: ['RETRIEVAL_QUESTIONS'],
    load: async () => (await import('./retrieval.ts')).benchRetrieval,
  },
  meaning: {
    limitSeconds: 600,
    onlyByName: true,
    smaller: ['MEANING_PASSAGES'],
    load: async () => (await import('./meaning.ts')).benchMeaning,
  },
  audit: { limitSeconds: 200, load: async () => (await import('./audit.ts')).benchAudit },
};
