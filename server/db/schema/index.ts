// The one list that drizzle-kit and the client read.
export * from './agents.ts';
export * from './approvals.ts';
export * from './audit.ts';
export * from './auth.ts';
export * from './conversations.ts';
export * from './integrations.ts';
export * from './knowledge.ts';
export * from './passages.ts';
export * from './people.ts';
export * from './plugin-calls.ts';
export * from './prompts.ts';
export * from './rate-limits.ts';
export * from './saved-filters.ts';
export * from './sharing.ts';
export * from './storage.ts';
export * from './telegram.ts';
export * from './usage.ts';
