// Without schemas, so that a page can import it at no cost.

/** Questions that people ask of the trail, each a choice of events. */
export const auditTopics = ['denied', 'permissions', 'approvals', 'signIns'] as const;
export type AuditTopic = (typeof auditTopics)[number];

/** Dates that go on with the calendar, told from the day on which the trail is looked at. */
export const auditPeriods = ['today', 'last7Days', 'last30Days', 'thisMonth', 'lastMonth', 'thisYear'] as const;
export type AuditPeriod = (typeof auditPeriods)[number];
