import type { KnowledgeSettings } from '../../../contract/knowledge.ts';
import { foldLetters } from '../analysis/fold-letters.ts';

/** What is old ranks lower: folders that an admin names, and editions of which there is a later one. */
export function lifecycleWeight(
  document: { directory: string; isSuperseded: boolean },
  settings: KnowledgeSettings,
): number {
  const archives = new Set(settings.archiveFolders.map(plain));
  const isArchived = document.directory.split('/').some((name) => archives.has(plain(name)));
  return (isArchived ? settings.archivedWeight : 1) * (document.isSuperseded ? settings.supersededWeight : 1);
}

const plain = (name: string): string => foldLetters(name.trim().toLowerCase());
