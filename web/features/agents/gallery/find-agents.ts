import type { Agent, AgentUse } from '../../../../contract/agents.ts';
import { isReviewDue } from '../review-due.ts';
import type { GalleryFilter, GallerySearch } from './gallery-search.ts';

/** An agent with what the gallery shows of it, in the words it shows. */
export interface Exhibit {
  agent: Agent;
  /** As its provider calls it; null where it is the default one. */
  modelName: string | null;
  tools: string[];
  groups: string[];
  use: AgentUse | undefined;
}

const matches: Record<GalleryFilter, (agent: Agent) => boolean> = {
  stopped: ({ stopped }) => stopped,
  review: (agent) => isReviewDue(agent),
  unowned: ({ isPersonal, responsibleUserId }) => !isPersonal && responsibleUserId === null,
  restricted: ({ visibility }) => visibility === 'restricted',
};

/** Those in which every word is found, the own assistant first and then in the order that was asked for. */
export function findAgents(exhibits: readonly Exhibit[], { q = '', only, order = 'name' }: GallerySearch): Exhibit[] {
  const words = q.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return exhibits
    .filter(({ agent }) => !only || matches[only](agent))
    .filter((exhibit) => {
      const text = textOf(exhibit);
      return words.every((word) => text.includes(word));
    })
    .toSorted(
      (left, right) =>
        Number(right.agent.isPersonal) - Number(left.agent.isPersonal) ||
        valueOf(right, order) - valueOf(left, order) ||
        left.agent.name.localeCompare(right.agent.name, undefined, { numeric: true }),
    );
}

function textOf({ agent, modelName, tools, groups }: Exhibit): string {
  const { name, tagline, description, model, responsibleUserName } = agent;
  const said = [name, tagline, description, model, modelName, responsibleUserName, ...tools, ...groups];
  return said.join('\n').toLocaleLowerCase();
}

function valueOf({ use }: Exhibit, order: NonNullable<GallerySearch['order']>): number {
  if (order === 'used') return use?.lastUsedAt ? Date.parse(use.lastUsedAt) : 0;
  return order === 'cost' ? Number(use?.cost ?? 0) : 0;
}
