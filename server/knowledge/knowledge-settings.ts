import type { KnowledgeSettings } from '../../contract/knowledge.ts';

/** What holds until an admin decides otherwise. */
export const defaultKnowledgeSettings: KnowledgeSettings = {
  archiveFolders: ['archive', 'archives', 'archiv', 'ablage', 'alt', 'old', 'obsolete', 'superseded', 'veraltet'],
  archivedWeight: 0.5,
  supersededWeight: 0.6,
};
