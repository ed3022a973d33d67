/** What people are told of a run whose process ended. */
export const interruption = {
  code: 'interrupted',
  message: 'The server stopped while it was answering. Ask again to get the whole answer.',
  retryable: true,
} as const;
