// How providers, proxies and local servers say that a conversation does not fit, collected from public reports: Anthropic, OpenAI,
// Azure, Google, Vertex, Bedrock, Mistral, Groq, Cerebras, xAI, DeepSeek, Moonshot, MiniMax, Z.ai, DashScope, Cohere, Together, GitHub
// Models and Copilot, OpenRouter, Poolside, LiteLLM, vLLM, SGLang, TGI, NIM, llama.cpp, LM Studio, Ollama and proxies.
const wordings = [
  /context_length_exceeded|context_window_exceeded|contextwindowexceeded|exceed_context_size|context_too_long|context_limit_exceeded/i,
  /model_max_prompt_tokens_exceeded|tokens_limit_reached|string_above_max_length|request_too_large|prompt_too_long|max_tokens_exceeded/i,
  /(prompt|input|request|conversation|message|context)s? (is |are |was )?too (long|large|big)\b/i,
  /longer than the (model'?s |maximum )*(context|model length)/i,
  /(greater|longer|larger|more) than (the |its )?(model'?s |maximum |available )*context/i,
  /exceed(s|ed|ing)? [^.]{0,60}(context|window|maximum (number of |input )?(tokens|length|allowed)|model token limit|token limit)/i,
  /(context|token)[ -]?(length|limit|window|size)s?( is| has been| was)? exceed/i,
  /(context window|context length|context size|context) (exceeds|overflow)/i,
  /(maximum|max) (context|prompt|input|model) (length|size|tokens)/i,
  /(prompt|input) exceeds max|request exceeds the maximum size/i,
  /maximum (allowed )?(input|prompt) length|maximum number of (input )?tokens/i,
  /token count (of )?\(?[\d,]+\)? ?(exceeds|but model only supports)|only supports up to [\d,]+/i,
  /prompt token count of [\d,]+ exceeds/i,
  /reduce the length of (the |your )?(messages|prompt|input|conversation)|reduce your (prompt|message size|input)/i,
  /too many (input )?tokens:|too many tokens in (the )?(prompt|request|input)/i,
  /`?inputs`?( tokens)?( \+ `?max_new_tokens`?)? must (be <=|have less than)/i,
  /(input|prompt) length [^.]{0,40}(exceed|should be|must be|longer)|range of input length/i,
  /(input|prompt) tokens [^.]{0,30}(cannot exceed|too long)|input tokens [\d,]+ cannot exceed/i,
  /request body too large for/i,
  /too large for model with [\d,]+ maximum context/i,
  /tokens to keep from the initial prompt|context the overflows|context overflow/i,
  /not enough (room|space) in (the )?context/i,
  /exceeds? (the )?(model )?max(imum)?[ _](length of|input[ _]len(gth)?|message tokens)|input tokens exceeds? the limit/i,
  /string too long[^"]*maximum length \d{5,}|expected maxLength: \d{4,}/i,
  /(prompt|输入|上下文)[^"]{0,40}(超长|过长)|(输入|上下文|token)[^"]{0,20}超(过|出)[^"]{0,20}(上限|限制|长度)/i,
];

/** Limits of speed sound alike; what waits helps there. */
const speed = /tokens[ -]per[ -](minute|day|hour)|\b[TR]P[MD]\b|throttl|please wait|rate limit|too many requests/i;

/** A field of the request that is too long by itself, such as the name of a tool. */
const field = /maximum length \d{1,4}\b|invalid '?tools?\b/i;

/** Whether an answer says that the prompt, or the prompt and the answer's room, is more than the model reads. */
export function saysTooLong(words: string, status = 0): boolean {
  // One request that is more than a whole minute may have: waiting does not make it smaller.
  const isSpeed = speed.test(words) && !/request too large for/i.test(words);
  if (isSpeed || field.test(words)) return false;
  return status === 413 || wordings.some((wording) => wording.test(words));
}

const limits = [
  /(?<!\d)\d+ \+ \d+ > ([\d,]+)/,
  /(?<![\d,])[\d,]+ tokens > ([\d,]+)/,
  /(?:maximum context length|maximum prompt length|maximum allowed input length|maximum model length|context length|context size|context window)[^\d"]{0,24}\(?([\d,]{4,})/i,
  /(?:limit of|only supports up to|must have less than|must be <=|maximum number of tokens allowed|with maximum context length|token limit:?|limit is) \(?([\d,]{4,})/i,
  /too large for model with ([\d,]+) maximum/i,
  /\(TPM\): Limit ([\d,]{4,}), Requested/i,
  /max(?:imum)? input tokens(?: is|:) ?([\d,]{4,})/i,
  /"n_ctx":\s*(\d+)/,
];

/** The window that such an answer names, in tokens. */
export function statedWindow(words: string): number | undefined {
  for (const limit of limits) {
    const tokens = Number(limit.exec(words)?.[1]?.replaceAll(',', ''));
    if (Number.isSafeInteger(tokens) && tokens >= 512) return tokens;
  }
  return undefined;
}

const prompts = [
  /(?<![\d,])([\d,]+) \+ [\d,]+ > [\d,]+/,
  /(?<![\d,])([\d,]+) tokens > [\d,]+/,
  /input token count \(([\d,]+)\)/i,
  /(?:prompt contains|your request has) (?:at least )?([\d,]+) input tokens/i,
  /\(([\d,]+) (?:in the messages|in your prompt|of text input)/i,
  /"n_prompt_tokens":\s*(\d+)/,
];

/** The tokens that such an answer counted in the prompt. */
export function statedPrompt(words: string): number | undefined {
  for (const prompt of prompts) {
    const tokens = Number(prompt.exec(words)?.[1]?.replaceAll(',', ''));
    if (Number.isSafeInteger(tokens) && tokens > 0) return tokens;
  }
  return undefined;
}
