/** Texts of the agents' pages. */
export const agents = {
  noneTitle: 'No agents yet',
  noneAdmin: 'An agent is a colleague with a job: give it a name, a model, and the documents it may read.',
  noneMember: 'Nobody has shared an agent with you yet. Ask an admin of your team.',
  noneAction: 'Create the first agent',
};
