import type {
  LanguageModelV4FilePart,
  LanguageModelV4Prompt,
  LanguageModelV4ToolResultOutput,
  SharedV4FileData,
} from '@ai-sdk/provider';
import { convertToBase64 } from '@ai-sdk/provider-utils';

/** A message of `POST /api/chat`. */
export interface OllamaMessage {
  role: 'system' | 'user' | 'assistant' | 'tool';
  content: string;
  thinking?: string;
  /** Base64. */
  images?: string[];
  tool_calls?: { id: string; function: { name: string; arguments: unknown } }[];
  tool_call_id?: string;
  tool_name?: string;
}

/** The AI SDK's messages as Ollama's; images that are not data are left out, because Ollama fetches none. */
export function convertPrompt(prompt: LanguageModelV4Prompt): OllamaMessage[] {
  return prompt.flatMap((message): OllamaMessage[] => {
    switch (message.role) {
      case 'system':
        return [{ role: 'system', content: message.content }];
      case 'user': {
        const images = message.content.filter((part) => part.type === 'file').flatMap(imageOf);
        const texts = message.content.map((part) => (part.type === 'text' ? part.text : textOf(part.data)));
        return [withImages({ role: 'user', content: texts.filter(Boolean).join('\n') }, images)];
      }
      case 'assistant': {
        const join = (type: 'text' | 'reasoning') =>
          message.content.map((part) => (part.type === type ? (part as { text: string }).text : '')).join('');
        const thinking = join('reasoning');
        const calls = message.content
          .filter((part) => part.type === 'tool-call')
          .map(({ toolCallId, toolName, input }) => ({
            id: toolCallId,
            function: { name: toolName, arguments: objectOf(input) },
          }));
        return [
          {
            role: 'assistant',
            content: join('text'),
            ...(thinking ? { thinking } : {}),
            ...(calls.length > 0 ? { tool_calls: calls } : {}),
          },
        ];
      }
      case 'tool':
        return message.content
          .filter((part) => part.type === 'tool-result')
          .map(({ toolCallId, toolName, output }) => {
            const { text, images } = convertOutput(output);
            return withImages({ role: 'tool', content: text, tool_call_id: toolCallId, tool_name: toolName }, images);
          });
    }
  });
}

function convertOutput(output: LanguageModelV4ToolResultOutput): { text: string; images: string[] } {
  switch (output.type) {
    case 'text':
    case 'error-text':
      return { text: output.value, images: [] };
    case 'json':
    case 'error-json':
      return { text: JSON.stringify(output.value), images: [] };
    case 'execution-denied':
      return { text: output.reason ?? 'The call was denied.', images: [] };
    case 'content':
      return {
        text: output.value
          .map((part) => (part.type === 'text' ? part.text : part.type === 'file' ? textOf(part.data) : ''))
          .filter(Boolean)
          .join('\n'),
        images: output.value.filter((part) => part.type === 'file').flatMap(imageOf),
      };
  }
}

function imageOf({ mediaType, data }: Pick<LanguageModelV4FilePart, 'mediaType' | 'data'>): string[] {
  return mediaType.startsWith('image') && data.type === 'data' ? [convertToBase64(data.data)] : [];
}

function textOf(data: SharedV4FileData): string {
  return data.type === 'text' ? data.text : '';
}

function withImages(message: OllamaMessage, images: string[]): OllamaMessage {
  return images.length > 0 ? { ...message, images } : message;
}

/** Ollama refuses a whole request for arguments that are no object, which a model may well have produced. */
function objectOf(input: unknown): unknown {
  return typeof input === 'object' && input !== null && !Array.isArray(input) ? input : { input };
}
