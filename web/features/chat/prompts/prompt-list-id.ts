export const promptListId = 'prompt-list';
export const optionId = (index: number): string => `prompt-option-${index}`;
