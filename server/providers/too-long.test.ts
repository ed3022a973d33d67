import { expect, test } from 'vitest';
import { describeAnswer } from './describe-error.ts';
import { saysTooLong, statedPrompt, statedWindow } from './too-long.ts';

// As people reported them: which provider or proxy, what it said, and the window that can be read from it.
const reports: [who: string, words: string, window?: number][] = [
  ['Anthropic', 'prompt is too long: 212345 tokens > 200000 maximum', 200_000],
  [
    'Anthropic',
    'input length and `max_tokens` exceed context limit: 140322 + 64000 > 200000, decrease input length or `max_tokens` and try again',
    200_000,
  ],
  ['Anthropic', 'Request exceeds the maximum size', undefined],
  ['OpenAI', 'Your input exceeds the context window of this model. Please adjust your input and try again.'],
  [
    'OpenAI',
    "This model's maximum context length is 8192 tokens. However, your messages resulted in 8545 tokens. Please reduce the length of the messages.",
    8_192,
  ],
  ['Google', 'The input token count (1196265) exceeds the maximum number of tokens allowed (1048576).', 1_048_576],
  [
    'Vertex',
    'Unable to submit request because the input token count is 50000 but model only supports up to 32768.',
    32_768,
  ],
  ['Bedrock', 'Input is too long for requested model.'],
  [
    'Mistral',
    'Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 maximum context length',
    32_768,
  ],
  ['Groq', 'Please reduce the length of the messages or completion.'],
  [
    'Groq',
    'Request too large for model `llama` in organization on tokens per minute (TPM): Limit 6000, Requested 9000, please reduce your message size and try again.',
  ],
  [
    'Cerebras',
    'Please reduce the length of the messages or completion. Current length is 9000 while limit is 8192',
    8_192,
  ],
  [
    'LiteLLM before Bedrock',
    'litellm.ContextWindowExceededError: litellm.BadRequestError: BedrockException: Context Window Error - {"message":"The model returned the following errors: Input is too long for requested model."}',
  ],
  [
    'Azure',
    "This model's maximum context length is 16385 tokens, however you requested 17000 tokens (16000 in your prompt; 1000 for the completion).",
    16_385,
  ],
  ['xAI', "This model's maximum prompt length is 131072 but the request contains 537812 tokens.", 131_072],
  ['Moonshot', 'Invalid request: Your request exceeded model token limit: 131072 (requested: 140000)', 131_072],
  ['MiniMax', 'invalid params, context window exceeds limit (2013)'],
  ['Z.ai', 'Prompt exceeds max length'],
  ['DashScope', 'Range of input length should be [1, 30720]'],
  ['Cohere', 'too many tokens: size limit exceeded by 1024 tokens. Try using shorter or fewer inputs.'],
  ['Together', 'Input validation error: `inputs` tokens + `max_new_tokens` must be <= 8193. Given: 9000', 8_193],
  ['TGI', 'Input validation error: `inputs` must have less than 4096 tokens. Given: 5000', 4_096],
  ['Fireworks', 'The prompt is too long: 20000, model maximum context length: 8191', 8_191],
  ['GitHub Copilot', 'prompt token count of 130000 exceeds the limit of 128000', 128_000],
  ['GitHub Models', 'Request body too large for gpt-4o model. Max size: 8000 tokens.'],
  [
    'OpenRouter',
    "This endpoint's maximum context length is 131072 tokens. However, you requested about 140000 tokens",
    131_072,
  ],
  ['Poolside', 'Input length 131393 exceeds the maximum allowed input length of 131040 tokens.', 131_040],
  [
    'LiteLLM',
    'litellm.ContextWindowExceededError: litellm.BadRequestError: Context Window exceeded for given call. No models have context window large enough for this call.',
  ],
  [
    'vLLM',
    "This model's maximum context length is 262144 tokens. However, you requested 0 output tokens and your prompt contains at least 262145 input tokens",
    262_144,
  ],
  ['vLLM', 'The decoder prompt (length 10000) is longer than the maximum model length of 4096.', 4_096],
  [
    'vLLM',
    "'max_tokens' or 'max_completion_tokens' is too large: 4096. This model's maximum context length is 8192 tokens and your request has 6000 input tokens",
    8_192,
  ],
  ['SGLang', "The input (10000 tokens) is longer than the model's context length (8192 tokens).", 8_192],
  ['SGLang', "Requested token count exceeds the model's maximum context length of 8192 tokens.", 8_192],
  [
    'llama.cpp',
    'request (144055 tokens) exceeds the available context size (131072 tokens), try increasing it',
    131_072,
  ],
  ['llama.cpp', 'Context size has been exceeded.'],
  [
    'LM Studio',
    'Trying to keep the first 6000 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens, which is not enough.',
    4_096,
  ],
  ['LM Studio', 'The number of tokens to keep from the initial prompt is greater than the context length.'],
  ['Ollama', 'the prompt is longer than the context length currently available to the model'],
  ['Ollama', 'prompt too long; exceeded max context length by 1200 tokens'],
  ['Ollama', 'the input length exceeds the context length'],
  ['watsonx', 'the number of input tokens 10000 cannot exceed the total tokens limit 8192 for this model'],
  [
    'OpenAI',
    'Request too large for gpt-4o in organization org-x on tokens per min (TPM): Limit 30000, Requested 40000. The input or output tokens must be reduced in order to run successfully.',
    30_000,
  ],
  ['SambaNova', 'Requested generation length exceeds model max length of 4096'],
  ['Volcengine', 'Total tokens of image and text exceed max message tokens'],
  ['Hunyuan', 'Input tokens exceeds the limit'],
  ['Z.ai', 'Prompt 超长'],
  ['Z.ai', '输入的tokens总长度超过模型上限'],
  ['TensorRT-LLM', 'the input sequence length 9000 exceeds max_input_len 8192'],
  [
    'Bedrock',
    'Malformed input request: expected maxLength: 20000, actual: 30000, please reformat your input and try again.',
  ],
  ['Bedrock', 'Too many input tokens. Max input tokens: 42000, request input token count: 50000', 42_000],
  ['Qianfan', 'the length of content is too long, max input tokens is 5120', 5_120],
  [
    'OpenAI',
    'string too long. Expected a string with maximum length 10485760, but got a string with length 11000000 instead.',
  ],
  ['AI21', 'Prompt is too long. Maximum is 8191 tokens.'],
];

test.each(reports)('%s: %s', (_who, message, window) => {
  const words = JSON.stringify({ error: { message, type: 'invalid_request_error' } });
  expect(saysTooLong(words)).toBe(true);
  if (window !== undefined) expect(statedWindow(words)).toBe(window);
  for (const provider of ['anthropic', 'openai', 'google', 'ollama-cloud', 'ollama-local'] as const) {
    expect(describeAnswer({ status: 400, text: words }, provider)).toMatchObject({ code: 'context_too_long' });
    // Some proxies pass it on as their own fault.
    expect(describeAnswer({ status: 500, text: words }, provider)).toMatchObject({ code: 'context_too_long' });
    expect(describeAnswer({ status: undefined, text: words }, provider)).toMatchObject({ code: 'context_too_long' });
  }
});

test.each([
  ['prompt is too long: 201000 tokens > 200000 maximum', 201_000],
  ['you requested 0 output tokens and your prompt contains at least 262145 input tokens', 262_145],
  ["This model's maximum context length is 8192 tokens and your request has 6000 input tokens", 6_000],
  ['However, you requested 140000 tokens (139000 in the messages, 1000 in the completion).', 139_000],
  ['you requested about 40000 tokens (39000 of text input, 1000 in the output)', 39_000],
])('%s: the prompt that was counted', (message, prompt) => {
  expect(statedPrompt(JSON.stringify({ error: { message } }))).toBe(prompt);
});

test('a body that a proxy finds too large is too long', () => {
  const text = '<html><title>413 Request Entity Too Large</title></html>';
  expect(describeAnswer({ status: 413, text }, 'openai')).toMatchObject({ code: 'context_too_long' });
});

test.each([
  'Rate limit reached for gpt-5 on tokens per minute (TPM): Limit 30000, Used 29000, Requested 2000.',
  'ThrottlingException: Too many tokens, please wait before trying again.',
  'You exceeded your current quota, please check your plan and billing details.',
  "Invalid 'tools[0].function.name': string too long. Expected a string with maximum length 64, but got a string with length 80 instead.",
  "Invalid 'messages[2].tool_calls[0].id': string too long. Expected a string with maximum length 40, but got a string with length 60 instead.",
  'tools.0.custom.description: String should have at most 1024 characters',
  'max_tokens: 100000 > 64000, which is the maximum allowed number of output tokens for this model',
  'model requires more system memory (9.1 GiB) than is available (7.6 GiB)',
  'The model is overloaded. Please try again later.',
  'The model `gpt-9` does not exist or you do not have access to it.',
])('is not said by %j', (message) => {
  expect(saysTooLong(JSON.stringify({ error: { message } }))).toBe(false);
});
