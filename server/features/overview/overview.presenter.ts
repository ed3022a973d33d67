import type { Overview } from '../../../contract/overview.ts';
import type { findAgentsToMend, findState } from './overview.queries.ts';

export function presentOverview(found: {
  state: Awaited<ReturnType<typeof findState>>;
  agents: Awaited<ReturnType<typeof findAgentsToMend>>;
  connections: Overview['connections'];
  failures: Overview['failures'];
  budgets: Overview['budgets'];
  activity: Overview['activity'];
  trail: Overview['trail'];
  licence: Overview['licence'];
  lastBackup: Date | undefined;
  hasProvider: boolean;
  version: string;
  update: Overview['update'];
}): Overview {
  const { state, agents, connections, failures, budgets, activity, trail, licence } = found;
  const { lastBackup, hasProvider, version, update } = found;
  const { waiting, oldestAt, fallbacks, unreadableDocuments, hasAgent, hasDocument, hasPeople, hasQuestion } = state;
  return {
    approvals: { waiting, oldestAt },
    connections,
    failures,
    fallbacks,
    unreadableDocuments,
    ...agents,
    budgets,
    trail,
    licence,
    lastBackupAt: lastBackup?.toISOString() ?? null,
    version,
    update,
    steps: {
      provider: hasProvider,
      agent: hasAgent,
      documents: hasDocument,
      people: hasPeople,
      question: hasQuestion,
      backup: lastBackup !== undefined,
    },
    activity,
  };
}
