/** Texts of the sheet of shortcuts. */
export const shortcuts = {
  title: 'Keyboard shortcuts',
  everywhere: 'Everywhere',
  inChat: 'In a conversation',
  sheet: 'Show these shortcuts',
  close: 'Close what is open',
  type: 'Write to the agent, wherever the focus is',
  newLine: 'New line',
  prompts: 'Find a prompt',
  stop: 'Stop the answer, while you are in the field',
};
