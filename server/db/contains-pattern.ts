/** A pattern of `like` for what holds a text, whatever is in it. */
export const containsPattern = (text: string): string => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
