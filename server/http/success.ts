/** The body of a success that has nothing else to say. */
export const success = { success: true } as const;
