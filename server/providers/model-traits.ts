// OpenAI's list says nothing but ids and Google's nothing about tools, so names have to tell.
// https://platform.openai.com/docs/models and https://ai.google.dev/gemini-api/docs/models

export interface ModelTraits {
  toolUse: boolean;
  vision: boolean;
}

const openAiChat = /^(ft:)?(gpt-|chatgpt-|codex-|o[1-9])/;
const openAiOther =
  /audio|realtime|transcribe|translate|tts|image|search|instruct|embedding|moderation|deep-research|computer-use|live|base/;

/** Undefined for models that do not chat. */
export function openAiModelTraits(id: string): ModelTraits | undefined {
  if (!openAiChat.test(id) || openAiOther.test(id)) return undefined;
  return {
    toolUse: !/^chatgpt-|-chat-latest$|^o1-(mini|preview)/.test(id),
    vision: !/^(ft:)?gpt-(3|4-\d|4$|4-32k)|^o1-(mini|preview)|^o3-mini|gpt-oss/.test(id),
  };
}

/** `gpt-5-mini-2025-08-07` → `GPT-5 mini (2025-08-07)`. */
export function openAiDisplayName(id: string): string {
  const [, name = id, date] = /^(.*?)(?:-(\d{4}-\d{2}-\d{2}))?$/.exec(id) ?? [];
  const words = name
    .replace(/^ft:/, 'Fine-tuned ')
    .replace(/\bchatgpt-/, 'ChatGPT-')
    .replace(/\bgpt-/, 'GPT-')
    .replace(/(GPT-[^-:]+)-(.+)$/, (_, family: string, rest: string) => `${family} ${rest.replaceAll('-', ' ')}`);
  return date ? `${words} (${date})` : words;
}

const googleOther = /embedding|image|imagen|veo|tts|audio|live|robotics|computer-use|aqa|omni|lyria|deep-research/;

/** Undefined for models that do not chat. */
export function googleModelTraits(id: string): ModelTraits | undefined {
  if (googleOther.test(id)) return undefined;
  // Gemma learnt functions with its fourth generation; the smallest third ones do not see.
  const isOldGemma = /^gemma-([1-3]|3n)\b/.test(id);
  return { toolUse: !isOldGemma, vision: !/^gemma-([12]-|3-(1b|270m)|3n)/.test(id) };
}
