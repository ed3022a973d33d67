import { answerAsAssistant } from './answer-as-assistant.ts';
import { answerFromDocuments } from './answer-from-documents.ts';
import { type ChatRequest, type DemoStep, readConversation, say } from './demo-conversation.ts';

/** The whole demo model: from a chat request to what it says and which tools it asks for, by rules alone. */
export function nextStep(request: ChatRequest): DemoStep {
  const conversation = readConversation(request);
  const { tools, system, question } = conversation;
  if (tools.has('pinchy_save_user_context')) return answerAsAssistant(conversation);
  if (tools.has('pinchy_read') && tools.has('pinchy_ls')) return answerFromDocuments(conversation);
  // Without tools it is asked to summarise a long conversation, or it is an agent that has none.
  if (question.startsWith('<conversation>') || question.startsWith('<summary_so_far>')) {
    return say(
      question
        .replaceAll(/<[^>]*>/g, ' ')
        .trim()
        .slice(0, 2_000),
    );
  }
  // A title of a few words would have to be understood: the first words of the conversation stay.
  if (question.startsWith('<person>')) return say('');
  const name = /^You are ([^,]+),/.exec(system)?.[1] ?? 'this agent';
  return say(
    `I am the demo model behind ${name}: a handful of rules, not an AI, so I cannot write freely. ` +
      'I can look up answers in documents and quote them, once an admin grants the tools and directories under Permissions. ' +
      'With a real provider (Settings → Providers) this agent answers for itself.',
  );
}
