import type { maximumUploadBytes as uploadBytes } from '../../../contract/conversations.ts';
import type { maximumFrameBytes as frameBytes, maximumQueueLength as queueLength } from '../../../contract/socket.ts';

/** The contract's limits again, because importing its values would bring its schemas into the first load. */
export const maximumFrameBytes: typeof frameBytes = 65_536;
export const maximumQueueLength: typeof queueLength = 5;
export const maximumUploadBytes: typeof uploadBytes = 25 * 1024 * 1024;
export const maximumAttachments = 20;
