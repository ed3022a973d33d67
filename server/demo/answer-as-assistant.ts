import { type DemoConversation, type DemoStep, firstNameOf, say } from './demo-conversation.ts';

const questions = [
  'What do you do at work, and what are you working on at the moment?',
  'Whom do you work with most?',
  'How do you like your answers: short and to the point, or thorough?',
  'Is there a task that you would gladly never do again?',
];

/** What Smithers does: greet, ask one thing at a time, and keep what people say about themselves. */
export function answerAsAssistant(conversation: DemoConversation): DemoStep {
  const { question, system, calls, tools } = conversation;
  const known = personalContextOf(system);
  const saved = calls.at(-1);
  if (saved) {
    // Written for a model, not for the person who decided.
    if (/denied this call/.test(saved.output)) return say('All right, I leave it as it was. Nothing was saved.');
    if (!/^saved/i.test(saved.output)) return say(`I could not save that: ${saved.output.slice(0, 300)}`);
    if (saved.name === 'pinchy_save_org_context') return say('Saved. Every shared agent knows it from now on.');
    return say(`Thank you, I have noted that. ${nextQuestion(factsIn(String(saved.input['content'] ?? '')))}`);
  }
  const proposal = proposedText(conversation.previousAnswer);
  if (
    proposal &&
    tools.has('pinchy_save_org_context') &&
    /^(yes|yep|please|sure|ok|do|save|agreed)\b/i.test(question)
  ) {
    return call('pinchy_save_org_context', withOrganisation(system, proposal));
  }
  if (/\bwhat do you know\b|\bremember about me\b/i.test(question)) {
    const facts = factsIn(known);
    return say(
      facts.length > 0
        ? `This is what I have noted:\n\n${facts.map((fact) => `- ${fact}`).join('\n')}`
        : `Nothing yet beyond your name. ${questions[0]}`,
    );
  }
  const forEveryone = /^(?:please )?save for everyone: *(.+)/is.exec(question)?.[1];
  if (forEveryone && tools.has('pinchy_save_org_context')) {
    return call('pinchy_save_org_context', withOrganisation(system, forEveryone));
  }
  const aboutCompany = statements(question).filter((text) =>
    /\b(our (company|organi[sz]ation|team)|we (are|make|sell|build))\b/i.test(text),
  );
  if (aboutCompany.length > 0 && tools.has('pinchy_save_org_context')) {
    return say(`Shall I save this for everyone's agents?\n\n> ${aboutCompany.join(' ')}`);
  }
  const facts = statements(question).filter((text) => /\b(I|I'm|my|me|we|our)\b/i.test(text));
  if (facts.length > 0 && tools.has('pinchy_save_user_context')) {
    const all = [...new Set([...factsIn(known), ...facts])];
    return call('pinchy_save_user_context', `# In their own words\n\n${all.map((fact) => `- ${fact}`).join('\n')}`);
  }
  if (question.endsWith('?')) {
    return say(
      'I am the demo model: a handful of rules, not an AI, so I only get to know people. For questions about documents, ' +
        'open one of the other agents in the sidebar.',
    );
  }
  return say(`Good day, ${firstNameOf(system)}. ${nextQuestion(factsIn(known))}`);
}

const call = (name: string, content: string): DemoStep => ({ text: '', toolCalls: [{ name, input: { content } }] });

/** What is known about the organisation, with one thing more. */
function withOrganisation(system: string, fact: string): string {
  // To the end: what organisations write has headings of its own.
  const [, known = ''] = system.split('# The organisation\n\n');
  const before = (known.split('\n\n# Whom you are talking to\n')[0] ?? '').trim();
  return before ? `${before}\n- ${fact}` : `- ${fact}`;
}

function personalContextOf(system: string): string {
  const start = system.indexOf('# In their own words');
  return start < 0 ? '' : (system.slice(start).split(/^Today is /m)[0] ?? '');
}

const factsIn = (context: string): string[] => [...context.matchAll(/^- (.+)$/gm)].map(([, fact]) => fact ?? '');

const nextQuestion = (facts: string[]): string => questions[facts.length] ?? 'Is there anything else I should know?';

/** The sentences that tell something rather than ask or greet. */
function statements(text: string): string[] {
  return text
    .split(/(?<=[.!?])\s+|\n+/)
    .map((sentence) => sentence.trim())
    .filter(
      (sentence) =>
        sentence.split(/\s+/).length > 2 && !sentence.endsWith('?') && !/^(hi|hello|thanks?|please)\b/i.test(sentence),
    );
}

const proposedText = (answer: string): string | undefined =>
  answer.startsWith('Shall I save this') ? /^> (.+)$/m.exec(answer)?.[1] : undefined;
