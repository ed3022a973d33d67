import type { BenchContext } from './bench-context.ts';
import { measure, type Result } from './result.ts';
import { createAgent, measureRounds, setStage } from './stage.ts';

const conversations = 100_000;
const messagesEach = 4;
const people = 200;
const rounds = 7;

/** The conversations of one person, 500 with one agent, among 100,000 of 200 people with four messages each. */
export async function benchConversations(context: BenchContext): Promise<Result[]> {
  const stage = await setStage(context);
  const agent = await createAgent(stage, 'Bench');
  const users = [stage.admin, ...(await stage.createUsers(people - 1))];
  const fillMs = await measure(async () => {
    await stage.database.query(
      `insert into conversations (agent_id, user_id, title, last_message_at, created_at)
       select $1, ($2::uuid[])[1 + n % $3], 'Conversation ' || n || case when n % 1000 = 0 then ' about Lisbon' else '' end,
         now() - n * interval '1 minute', now() - n * interval '1 minute'
       from generate_series(0, $4 - 1) n`,
      [agent.id, users.map((user) => user.id), people, conversations],
    );
    await stage.database.query(
      `insert into messages (conversation_id, role, content)
       select c.id, case when n % 2 = 1 then 'user' else 'assistant' end,
         repeat('The travel policy says that a hotel may cost 140 euros a night. ', 4) || md5(c.id::text || n)
       from conversations c, generate_series(1, $1::int) n`,
      [messagesEach],
    );
    await stage.database.query('vacuum analyze conversations, messages');
  });
  console.log(`Filled ${conversations} conversations in ${(fillMs / 1_000).toFixed(0)} s`);
  const path = `/api/agents/${agent.id}/chats`;
  const searches: Record<string, string> = {
    list: path,
    'search in titles': `${path}?q=Lisbon`,
    'search for a word that is everywhere': `${path}?q=policy`,
    'search for a word that is nowhere': `${path}?q=zeppelin`,
  };
  const results: Result[] = [];
  for (const [name, url] of Object.entries(searches)) {
    const measured = await measureRounds(stage, rounds, () => stage.request('GET', url));
    results.push({ name: `conversations: ${name}, one person's 500 of 100,000`, ...measured, unit: 'ms', target: 300 });
  }
  return results;
}
