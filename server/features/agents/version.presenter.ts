import type { AgentVersion } from '../../../contract/agents.ts';
import type { AgentState } from '../../db/schema/index.ts';
import { describeChanges } from './describe-changes.ts';
import type { VersionRow } from './version.queries.ts';
import { modelsIn } from '../../audit/model-titles.ts';

/** A version with what differs from the one before, and the names of what it refers to. */
export function presentVersion(
  { version, authorName }: { version: VersionRow; authorName: string | null },
  before: AgentState | undefined,
  names: ReadonlyMap<string, string>,
): AgentVersion {
  const { number, createdAt, authorId, restoredFrom, state } = version;
  const ids = [state, ...(before ? [before] : [])].flatMap((each) => [...idsIn(each), ...modelsIn(each.connections)]);
  return {
    number,
    createdAt: createdAt.toISOString(),
    authorId,
    authorName,
    restoredFrom,
    changes: before ? describeChanges(before, state) : {},
    names: Object.fromEntries(
      ids.flatMap((id) => {
        const name = names.get(id);
        return name === undefined ? [] : [[id, name]];
      }),
    ),
  };
}

/** The groups, people and connections that an agent's state refers to. */
export const idsIn = ({ groupIds, responsibleUserId, connections: granted }: AgentState): string[] => [
  ...groupIds,
  ...(responsibleUserId ? [responsibleUserId] : []),
  ...granted.map(({ connectionId }) => connectionId),
];
