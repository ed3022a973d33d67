/** Texts of the demo: its banner, its people, its stories. */
export const demo = {
  title: 'This is the demo',
  banner:
    'The demo: people and documents are samples, answers come from rules and not from an AI, and nothing is kept.',
  bannerShort: 'The demo: samples, rules, nothing kept.',
  switch: 'Be somebody else',
  intro: 'Choose who you want to be. Nothing is kept.',
  signInAs: 'Sign in as {{name}}',
  ownAccount: 'Or with an account of your own',
  stories: 'Stories',
  storiesTitle: 'See it at work',
  storiesHint: 'Each opens where it happens; the line at the top then says what to do there.',
  storyAs: 'as {{name}}',
  storyEnd: 'End the story',
  story: {
    search: {
      title: 'An agent searches the documents',
      line: 'It finds the passage among all files that it may read.',
      hint: 'The question is written: send it, then open the line with the tools to see what was searched and read.',
    },
    citation: {
      title: 'An agent cites where it found it',
      line: 'Each answer leads to the passage in the document.',
      hint: 'Press the number behind an answer: the passage opens as it stands in the document.',
    },
    approval: {
      title: 'A change waits for a person',
      line: 'What reaches outside or changes something asks first.',
      hint: 'The message is written: send it. Smithers may not save this by itself: you approve or deny it.',
    },
    budget: {
      title: 'A budget is used up',
      line: 'An agent spent what it may today; the next question is not let through.',
      hint: 'The message is written: send it. The agent’s budget for today is used up, and the answer says until when. “Open budgets” leads to what was spent, and raises it.',
    },
    trail: {
      title: 'Who read what, and for whom',
      line: 'Every use of a tool is one line that nobody can change unseen.',
      hint: 'These entries are about one document. Open one, then “The whole run”.',
    },
  },
};
