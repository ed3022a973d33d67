/** What stands when something that was entered is not saved yet. */
export const unsaved = {
  leaveTitle: 'Leave without saving?',
  leaveBody: 'You changed something on this page that is not saved yet.',
  leaveConfirm: 'Leave without saving',
  stay: 'Stay here',
  discardTitle: 'Discard what you entered?',
  discardBody: 'Nothing of it has been saved.',
};
