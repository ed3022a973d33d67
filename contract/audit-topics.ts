/** Questions that people ask of the trail, each a choice of events. Without schemas, so that a page can import it at no cost. */
export const auditTopics = ['denied', 'permissions', 'approvals', 'signIns'] as const;
export type AuditTopic = (typeof auditTopics)[number];
