import { faultOf } from './telegram-fault.ts';

/**
 * Sends into a topic of the chat, and beside all topics where that one is gone: a message of a chat with topics that names none shows
 * in no topic (https://core.telegram.org/bots/api#sendmessage).
 */
export async function inTopic<Result>(
  topicId: number | null,
  send: (more: { message_thread_id?: number }) => Promise<Result>,
): Promise<Result> {
  if (topicId === null) return send({});
  try {
    return await send({ message_thread_id: topicId });
  } catch (error) {
    if (!/thread not found|topic.*(closed|deleted)/i.test(faultOf(error)?.description ?? '')) throw error;
    return send({});
  }
}
