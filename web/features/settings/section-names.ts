const everybodys = ['profile', 'prompts', 'telegram'] as const;

/** In the order of the settings' navigation. */
export const sectionNames = [
  'profile',
  'prompts',
  'context',
  'providers',
  'conversations',
  'integrations',
  'telegram',
  'users',
  'groups',
  'licence',
  'security',
] as const;
export type SectionName = (typeof sectionNames)[number];

/** The sections that a person may open. */
export const reachableSections = (isAdmin: boolean): readonly SectionName[] => (isAdmin ? sectionNames : everybodys);
