import { maskEmail } from './email-reference.ts';

const redacted = '[redacted]';

/** Names of members whose text is secret whatever it looks like. Plural `tokens` are counts. */
const secretName =
  /pass(?:word|phrase|wd|code)|secret|api[-_ ]?key|access[-_ ]?key|private[-_ ]?key|encryption[-_ ]?key|authori[sz]ation|cookie|credential|token(?!s|count|limit|usage)|^(?:auth|pwd|pass|bearer|jwt|session)$/i;

export const isSecretName = (name: string): boolean => secretName.test(name);

const secretShapes = new RegExp(
  [
    // A private key in PEM, also one that was cut off.
    String.raw`-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)`,
    // A JWT: two or three parts in base64url, the first of which is a JSON object.
    String.raw`eyJ[\w-]{5,}\.[\w-]+(?:\.[\w-]*)*`,
    // OpenAI, Anthropic, OpenRouter, Stripe, Groq, Hugging Face, xAI.
    String.raw`(?<![A-Za-z0-9])(?:sk|rk|pk|gsk|hf|xai)[-_][\w-]{8,}`,
    // GitHub, GitLab, Slack, AWS, Google (keys and OAuth), Brave.
    String.raw`gh[a-z]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{15,}|xox[a-z]-[\w-]{8,}|(?:AKIA|ASIA)[A-Z0-9]{16}`,
    String.raw`AIza[\w-]{20,}|ya29\.[\w-]{10,}|GOCSPX-[\w-]{10,}|BSA[\w-]{20,}`,
    // A Telegram bot's token, also inside an URL (/bot123:AA…/).
    String.raw`\d{6,12}:[\w-]{30,}`,
    // Ollama Cloud.
    String.raw`\b[0-9a-f]{32}\.[\w-]{20,}`,
    // 32 random bytes in base64url: our invite, reset and session tokens.
    String.raw`(?<![\w-])[\w-]{43}(?![\w-])`,
  ].join('|'),
  'g',
);

/** Secrets that are known by what stands in front of them; the front stays. */
const introducedSecrets = [
  /\b(Bearer\s+)[\w.~+/=-]{6,}/gi,
  // Credentials, not the word: some letter after the first is a capital, or there is a digit.
  /\b([Bb]asic\s+)(?=[A-Za-z+/][A-Za-z+/]*[A-Z0-9=])[A-Za-z0-9+/]{6,}={0,2}/g,
  /((?:proxy-)?authorization["']?\s*[:=]\s*["']?)(?:\w+\s+)?[^\s"',;]+/gi,
  /((?:password|passwd|passphrase|pwd|secret|api[-_]?key|access[-_]?key|token)["']?\s*[:=]\s*)(?:"[^"]*"?|'[^']*'?|[^\s"',;&]+)/gi,
  /((?:password|passphrase)\s+(?:is|was)\s+)(?!(?:wrong|incorrect|invalid|too|not|required|expired|missing)\b)\S+/gi,
  // https://user:password@host
  /([a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@]{0,64}:)[^\s/@]{1,256}(?=@)/gi,
];

/** https://www.rfc-editor.org/rfc/rfc6531: letters of any script, quoted local parts, and `%40` from URLs. */
const emailAddress =
  /(?:"[^"\r\n]{1,64}"|[\p{L}\p{N}\p{M}.!#$%&'*+/=?^_`{|}~-]{1,64})(?:@|%40)[\p{L}\p{N}\p{M}-]{1,63}(?:\.[\p{L}\p{N}\p{M}-]{1,63})+/giu;

/** Cuts secrets and masks e-mail addresses. Doing it twice changes nothing. */
export function redactText(text: string): string {
  let safe = text.length < 8 ? text : text.replace(secretShapes, redacted);
  if (/[:=]|bearer|basic|token|pass/i.test(safe)) {
    for (const shape of introducedSecrets) safe = safe.replace(shape, `$1${redacted}`);
  }
  if (safe.includes('@') || safe.includes('%40')) {
    safe = safe.replace(emailAddress, (address) => maskEmail(address.replace(/%40/i, '@')));
  }
  return safe;
}
