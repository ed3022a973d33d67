/** What Smithers begins with. While it has not been changed, pages say it in the language of whoever reads. */
export const smithersWords = {
  tagline: 'Your personal assistant',
  greetingMessage:
    'Good day, I am Smithers, your personal assistant. Tell me a little about yourself and your work, and I shall remember it for next time.',
} as const;
