import type { Pool } from 'pg';

// What nobody can have done in the seconds that a picture takes: five hundred people, and two months of usage.

/** Takes the ids of groups and a name without a space. */
export const peopleStatement = `
  with people as (
    insert into users (name, email, role, banned, email_verified, created_at)
    select
      case
        when n = 7 then $2
        when n % 25 = 0 then 'Maximiliane-Charlotte Freifrau von und zu Habsburg-Lothringen-Österreich-Este the ' || n || 'th'
        else (array['Mara', 'Tomasz', 'Ines', 'Emil', 'Zoë', 'Jonas', 'Aylin', 'Priya', 'Björn', 'Nikolaus'])[1 + n % 10]
          || ' ' || (array['Lindqvist', 'Nowak', 'Carvalho', 'Sandberg', 'Öztürk', 'Grabner', 'O’Sullivan'])[1 + n % 7]
          || ' ' || n
      end,
      case when n % 25 = 0 then 'maximiliane.charlotte.von.und.zu.habsburg.lothringen' else 'person' end
        || n || '@larkspur.example',
      case when n % 50 = 0 then 'admin' else 'member' end,
      n % 40 = 0, true, now() - n * interval '7 hours'
    from generate_series(1, 500) n
    returning id, email
  ), numbered as (
    select id, row_number() over (order by email) as n from people
  ), active as (
    insert into user_activity select id, now() - n * interval '5 hours' from numbered where n % 7 > 0
  )
  insert into group_members (user_id, group_id)
  select distinct id, ($1::uuid[])[1 + (n + more * 11) % 30]
  from numbered, generate_series(0, 6) more where n % 5 > more or (n % 100 = 0)`;

/** Gives everybody an assistant like the one whose id it takes. */
export const assistantsStatement = `
  insert into agents
  select (jsonb_populate_record(null::agents, to_jsonb(agents) ||
    jsonb_build_object('id', gen_random_uuid(), 'owner_id', users.id))).*
  from agents, users where agents.id = $1 and users.id <> agents.owner_id`;

/** Sixty days with working days and weekends, several models, one of them without a price. */
export async function fillUsage(pool: Pool, { agents, people }: { agents: string[]; people: string[] }): Promise<void> {
  await pool.query(
    `insert into usage_records (created_at, agent_id, user_id, source, model, input_tokens, output_tokens,
       cache_read_tokens, cache_write_tokens, cost)
     select at, ($1::uuid[])[1 + (n * 7 + day) % $3], ($2::uuid[])[1 + (n * 13 + day) % $4],
       case when n % 9 = 0 then 'system' else 'chat' end, model,
       800 + n * 97 % 3000, 90 + n * 31 % 700, n * 53 % 6000, case when n % 4 = 0 then 900 else 0 end,
       case when model like 'ollama%' then null else 0.0031 + (n * 17 % 90) / 1000.0 end
     from generate_series(0, 59) as day, generate_series(1, 60) as n,
       lateral (select now() - day * interval '1 day' - n % 9 * interval '1 hour' as at) as moment,
       lateral (select (array['anthropic/claude-sonnet-4-5', 'openai/gpt-5-mini', 'anthropic/claude-haiku-4-5',
         'ollama-local/a-model-with-a-rather-long-name-of-its-own:70b-instruct-q4_K_M'])[1 + n % 4] as model) as chosen
     where extract(isodow from at) < 6 or n < 8`,
    [agents, people, agents.length, people.length],
  );
}
