/** `SOAK_MINUTES=2 npm run bench -- soak` is a short look. */
export const soakMinutes = Number(process.env['SOAK_MINUTES'] ?? 20);
