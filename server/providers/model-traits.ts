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

const noChat =
  /embed|whisper|dall-e|sora|moderation|davinci|babbage|rerank|\bbge-|\be5-|\bclip\b|stable-diffusion|\bflux\b|speech/i;
const sees =
  /vision|\bvl\b|-vl-|vl:|llava|pixtral|gpt-4o|gpt-4\.1|gpt-5|\bo[134]\b|claude|gemini|gemma-?3|llama-?4|qwen.*vl|omni/i;

/** The same behind a proxy, which may call a model anything; undefined only for what by its name does something else. */
export function proxiedModelTraits(id: string): ModelTraits | undefined {
  const name = id.slice(id.lastIndexOf('/') + 1);
  if (openAiChat.test(name)) return openAiModelTraits(name);
  return noChat.test(name) || openAiOther.test(name) ? undefined : { toolUse: true, vision: sees.test(name) };
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
