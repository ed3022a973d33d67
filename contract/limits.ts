// Bounds that the server holds and the pages know, without schemas, so that a page can import them at no cost.

export const maxUploadBytes = 25 * 1024 * 1024;
/** Bytes of one frame of the chat socket, in UTF-8. */
export const maxFrameBytes = 65_536;
/** Messages of one conversation that may wait while an answer runs. */
export const maxQueueLength = 5;
/** Messages of one `history` frame. */
export const maxHistoryLimit = 200;
/** Files of one message. */
export const maxAttachments = 20;
/** Bytes of a document that is added below /data. */
export const maxDocumentBytes = 100 * 1024 * 1024;
/** Documents of one form. */
export const maxDocumentsPerForm = 500;
export const maxStarters = 6;
/** People, and groups, that one conversation is shared with. */
export const maxReaders = 100;
/** Messages of a conversation that is shared. */
export const maxSharedMessages = 1_000;
/** Prompts of one library: a person's own, or the organisation's. */
export const maxPrompts = 200;
/** A copy has up to a thousand messages, each of which takes more room than its text. */
export const copiesPerHour = 30;
/** Characters of one prompt. */
export const maxPromptLength = 8_000;
/** Fields of one prompt. */
export const maxPromptFields = 20;
/** Filters of the trail that a person saves. */
export const maxSavedFilters = 50;
/** Budgets of an installation. */
export const maxBudgets = 2_000;
/** Own prices of models, whatever their date: as many as fit into the values that one body may have. */
export const maxPrices = 1_000;
/** Characters of what is said beside a rating. */
export const maxCommentLength = 1_000;
/** Conversations that are pinned, archived, exported or deleted at once. */
export const maxChosenConversations = 100;
/** How long a temporary conversation that nobody left is kept after its last message. */
export const temporaryHours = 24;
/** Sources of one message; what else it cites is left out. */
export const maxSources = 100;

/** Tokens that an admin may say of a model: fewer are no window that a conversation fits into, and more no model has. */
export const tokenLimits = { window: { min: 1_024, max: 100_000_000 }, output: { min: 1, max: 10_000_000 } } as const;
