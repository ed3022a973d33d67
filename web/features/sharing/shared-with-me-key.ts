/** Apart from the queries, for whoever only hears that it changed. */
export const sharedWithMeKey = ['shared-with-me'];
