// After a change of the schema, `npm install --no-save drizzle-kit@0.31.11 && npx drizzle-kit generate` writes the next
// migration. It is no dependency: two versions of esbuild come with it, 40 MB that nobody else needs.
export default {
  dialect: 'postgresql',
  schema: './server/db/schema/index.ts',
  out: './server/db/migrations',
};
