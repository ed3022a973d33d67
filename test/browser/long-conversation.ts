import type { Client } from 'pg';
import type { Locator, Page } from 'playwright-core';

/** A member's or admin's default conversation with an agent that has gone on for long, written past the server. */
export async function writeLongConversation(
  database: Client,
  options: { agentId: string; userId: string; messages: number },
): Promise<void> {
  const { agentId, userId, messages } = options;
  const { rows } = await database.query<{ id: string }>(
    `insert into conversations (agent_id, user_id, is_default, title, last_message_at)
     values ($1, $2, true, 'A long one', now()) returning id`,
    [agentId, userId],
  );
  // Answers differ in height: a paragraph to four, every fifth with a list and code.
  await database.query(
    `insert into messages (conversation_id, role, content, created_at)
     select $1, case when n % 2 = 1 then 'user' else 'assistant' end,
       case when n % 2 = 1 then 'Question ' || n else 'Answer ' || n || repeat(
         E'\\n\\nThe travel policy says that a **hotel** may cost 140 euros a night, see \`travel.md\`.', 1 + n / 2 % 4)
         || case when n % 5 = 0 then E'\\n\\n- one\\n- two\\n\\n\`\`\`js\\nconst nights = 3;\\n\`\`\`' else '' end end,
       now() - ($2 - n) * interval '1 minute'
     from generate_series(1, $2::int) n order by n`,
    [rows[0]?.id, messages],
  );
}

/**
 * Types into a field and returns, for every key, the milliseconds until the browser had painted what it did: the durations of
 * https://www.w3.org/TR/event-timing/, which are given in steps of 8 ms; what took less than 16 ms counts as 16.
 */
export async function timeKeys(page: Page, field: Locator, text: string): Promise<number[]> {
  await field.focus();
  await page.evaluate(() => {
    const durations: number[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (entry.name === 'keydown') durations.push(entry.duration);
    });
    observer.observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
    Object.assign(window, { keyTimes: durations });
  });
  for (const key of text) await page.keyboard.press(key === ' ' ? 'Space' : key);
  // Entries come after the paint that they measure.
  await page.evaluate(() => new Promise((resolve) => setTimeout(() => requestAnimationFrame(resolve), 200)));
  const slow = await page.evaluate(() => (window as unknown as { keyTimes: number[] }).keyTimes);
  return Array.from({ length: text.length }, (_, index) => slow[index] ?? 16);
}
