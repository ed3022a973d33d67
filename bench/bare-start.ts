import Fastify from 'fastify';
import { connectDatabase } from '../server/db/client.ts';
import { startEmbeddedPostgres } from '../server/db/embedded/embedded-postgres.ts';

// The least that a start could be: the same PostgreSQL, Fastify, and a route that asks the database whether it is there.

const [directory = '', port = ''] = process.argv.slice(2);
const postgres = await startEmbeddedPostgres({ directory, settings: {}, log: () => {} });
const { pool, close } = connectDatabase(postgres.url);
const app = Fastify();
app.get('/api/health', () => pool.query('select 1').then(() => ({ status: 'ok' })));
await app.listen({ host: '127.0.0.1', port: Number(port) });
process.once('SIGTERM', () => {
  void app
    .close()
    .then(close)
    .then(() => postgres.stop());
});
