/** Texts of the page for problems. */
export const report = {
  title: 'Report a problem',
  description: 'What is well with this installation and what is not, to pass on to whoever helps you.',
  descriptionMember: 'When something does not work.',
  installation: 'This installation',
  installationHint:
    'The page of “pinchy doctor”: versions, sizes, counts and states. It holds no secrets, names, addresses or directories, so it can go into a public issue. It is in English.',
  again: 'Examine again',
  well: 'Nothing is wrong',
  wrong_one: 'One thing is wrong',
  wrong_other: '{{count}} things are wrong',
  examined: 'Pinchy {{version}}, examined {{date}}',
  copy: 'Copy the report',
  copied: 'The report is copied',
  download: 'Download it',
  health: { well: 'Well', notice: 'Worth a look', wrong: 'Wrong' },
  ask: 'Whom to ask',
  askHint:
    'These people administer Pinchy. Tell them what you did, what you expected and what happened, and when; if a message named a request, its number too.',
};
