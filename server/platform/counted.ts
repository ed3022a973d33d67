/** `1 entry`, `2 entries`: in English, as all that the server says. */
export const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
