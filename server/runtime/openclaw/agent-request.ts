import { posix } from 'node:path';
import { parseFullModelId } from '../../providers/provider.ts';
import type { ImageSource } from '../../tools/files/image-source.ts';
import type { RunRequest } from '../agent-runtime.ts';
import { loadNewestImages } from '../newest-images.ts';
import { gatewayAgentId, gatewayProvider } from './gateway-names.ts';
import type { GatewayRun } from './gateway-run.ts';
import { lastUserMessage } from './turn-message.ts';

interface QuestionImage {
  path: string;
  mediaType: string;
  data: string;
}

/** What the gateway's method `agent` is asked with. */
export function agentRequest(
  request: Pick<RunRequest, 'agentId' | 'model'>,
  { sessionKey, gatewayRunId }: Pick<GatewayRun, 'sessionKey' | 'gatewayRunId'>,
  { text, images }: { text: string; images: QuestionImage[] },
) {
  const reference = parseFullModelId(request.model);
  return {
    agentId: gatewayAgentId(request.agentId),
    sessionKey,
    idempotencyKey: gatewayRunId,
    message: text || '(no text)',
    deliver: false,
    ...(reference && { provider: gatewayProvider(reference.provider), model: reference.id }),
    ...(images.length > 0 && {
      attachments: images.map(({ mediaType, path, data }) => ({
        type: 'image',
        mimeType: mediaType,
        fileName: posix.basename(path),
        content: data,
      })),
    }),
  };
}

/** The pictures of the question; the gateway's session has the ones of earlier messages. A note says what is missing. */
export async function loadQuestionImages(
  source: ImageSource,
  request: RunRequest,
): Promise<{ images: QuestionImage[]; notes: string[] }> {
  const question = request.stepsUsed === 0 ? lastUserMessage(request.messages) : undefined;
  const loaded = [...(await loadNewestImages(source, request, question ? [question] : []))].toReversed();
  return {
    images: loaded.flatMap(([image, found]) => ('data' in found ? [{ ...image, data: found.data }] : [])),
    notes: loaded.flatMap(([, found]) => ('missing' in found ? [found.missing] : [])),
  };
}
