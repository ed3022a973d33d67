/** Tools of which either lets an agent see what stands in a document. */
const readingTools = ['pinchy_read', 'pinchy_search'];

/** Whether an agent may show people what stands in the documents that it was granted. */
export const canReadDocuments = (grant: { allowedTools: readonly string[] }): boolean =>
  readingTools.some((tool) => grant.allowedTools.includes(tool));
