import { maxFrameBytes } from '../../../contract/limits.ts';
import type { ConversationAddress } from './conversation-address.ts';
import type { MessageFrame } from './chat-socket.ts';
import type { OutgoingMessage } from './conversation-types.ts';

export function messageFrame(address: ConversationAddress, message: OutgoingMessage): MessageFrame {
  const { clientMessageId, content, attachments, begins, temporary } = message;
  const attachmentIds = attachments.map((attachment) => attachment.id);
  return {
    type: 'message',
    ...address,
    content,
    clientMessageId,
    ...(attachmentIds.length > 0 && { attachmentIds }),
    ...(begins && { begins }),
    ...(temporary && { temporary }),
  };
}

export const isTooLong = (frame: MessageFrame): boolean =>
  new TextEncoder().encode(JSON.stringify(frame)).length > maxFrameBytes;
