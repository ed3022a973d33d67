import type { Demo } from '../contract/setup.ts';
import { randomBytes } from 'node:crypto';
import { accessSync, constants, mkdirSync, rmSync, writeFileSync } from 'node:fs';

import { join, resolve } from 'node:path';
import ipaddr from 'ipaddr.js';
import * as z from 'zod';
import { chooseDataRoot } from './platform/data-root.ts';
import { StartError } from './platform/errors.ts';
import { countProcesses, maxProcesses } from './platform/process-count.ts';
import { keepSecret } from './platform/secrets.ts';
import { requireSeparate } from './platform/separate-directories.ts';

const url = (fallback: string) =>
  z
    .url({ protocol: /^https?$/, error: 'must be an http or https address' })
    .default(fallback)
    .transform((value) => value.replace(/(?<!\/)\/+$/, ''));
const secret = z.string().min(32, 'must have at least 32 characters').optional();
const flag = (fallback: '0' | '1') =>
  z
    .enum(['0', '1', 'true', 'false'], { error: 'must be 1 or 0' })
    .default(fallback)
    .transform((value) => value === '1' || value === 'true');
const count = (fallback: number) =>
  z.coerce
    .number({ error: 'must be a whole number' })
    .int('must be a whole number')
    .min(1)
    .max(1_000_000)
    .default(fallback);

const list = (value: string): string[] =>
  value
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');

const environmentSchema = z.object({
  PINCHY_HOME: z.string().min(1).default('.pinchy'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce
    .number({ error: 'must be a port number' })
    .int('must be a port number')
    .min(0)
    .max(65_535)
    .default(7777),
  /** How many server processes share the port; `auto` leaves one core to PostgreSQL. */
  PINCHY_PROCESSES: z
    .union([z.literal('auto'), z.coerce.number().int().min(1).max(maxProcesses)], {
      error: `must be auto or a whole number from 1 to ${maxProcesses}`,
    })
    .default('auto'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgres://')
    .optional(),
  DATA_ROOT: z.string().min(1).optional(),
  ENCRYPTION_KEY: secret,
  BETTER_AUTH_SECRET: secret,
  AUDIT_HMAC_SECRET: secret,
  /** Former audit keys, comma-separated: rows they signed still verify. */
  AUDIT_HMAC_PREVIOUS_SECRETS: z.string().optional(),
  PINCHY_ENTERPRISE_KEY: z.string().min(1).optional(),
  PINCHY_LICENSE_PUBLIC_KEY: z.string().min(1).optional(),
  /** Comma-separated addresses or CIDR ranges whose X-Forwarded-* headers count. */
  TRUSTED_PROXIES: z
    .string()
    .default('')
    .refine(
      (value) => list(value).every((entry) => ipaddr.isValid(entry) || ipaddr.isValidCIDR(entry)),
      'must hold addresses or ranges such as 10.0.0.5 or fd12::/120, separated by commas',
    ),
  ALLOW_PRIVATE_URLS: flag('0'),
  /** Where agents run: in this process, or in an OpenClaw Gateway. */
  AGENT_RUNTIME: z.enum(['native', 'openclaw'], { error: 'must be native or openclaw' }).default('native'),
  OPENCLAW_URL: z.url({ protocol: /^wss?$/, error: 'must begin with ws:// or wss://' }).default('ws://127.0.0.1:18789'),
  /** The gateway's shared token; its plugin shows the same one when it calls back. */
  OPENCLAW_TOKEN: secret,
  ANTHROPIC_BASE_URL: url('https://api.anthropic.com/v1'),
  OPENAI_BASE_URL: url('https://api.openai.com/v1'),
  GOOGLE_BASE_URL: url('https://generativelanguage.googleapis.com/v1beta'),
  OLLAMA_CLOUD_BASE_URL: url('https://ollama.com'),
  /** Where a local Ollama is looked for when an admin connects a provider, comma-separated; `none` looks nowhere. */
  OLLAMA_LOCAL_URLS: z
    .string()
    .default('http://127.0.0.1:11434,http://host.docker.internal:11434')
    .refine(
      (value) => value === 'none' || list(value).every((entry) => /^https?:\/\//.test(entry) && URL.canParse(entry)),
      'must hold http or https addresses, separated by commas, or be none',
    ),
  TELEGRAM_API_ROOT: url('https://api.telegram.org'),
  /** Where a Bot API server with `--local` keeps its files. */
  TELEGRAM_FILES_ROOT: z.string().min(1).optional(),
  BRAVE_API_URL: url('https://api.search.brave.com'),
  /** What names the newest release; without it nobody is asked. */
  UPDATE_FEED_URL: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /** 0 leaves the jobs by the clock to other replicas. */
  BACKGROUND_JOBS: flag('1'),
  METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  RATE_LIMIT_API_PER_MINUTE: count(600),
  RATE_LIMIT_MESSAGES_PER_MINUTE: count(60),
  RATE_LIMIT_SIGN_IN_FAILURES: count(10),
  RATE_LIMIT_SIGN_IN_FAILURES_PER_ADDRESS: count(100),
  RATE_LIMIT_PAIRING_FAILURES: count(5),
  RATE_LIMIT_PROVIDER_CHECKS_PER_MINUTE: count(10),
  UPLOAD_MIB_PER_PERSON: count(2048),
  DOCUMENTS_MIB: count(102_400),
});

/** Every variable with its default as it would be written, or an empty text: for the documentation's check. */
export function environmentDefaults(): Record<string, string> {
  const written = (value: unknown) => (typeof value === 'boolean' ? (value ? '1' : '0') : String(value ?? ''));
  const defaults: Record<string, unknown> = environmentSchema.parse({});
  return Object.fromEntries(Object.keys(environmentSchema.shape).map((name) => [name, written(defaults[name])]));
}

export interface Config {
  /** Set by `pinchy demo` alone, never by the environment. */
  demo?: Demo;
  home: string;
  host: string;
  port: number;
  /** Server processes that share the port, this one included. */
  processes: number;
  /** Undefined: Pinchy starts its embedded PostgreSQL. */
  databaseUrl: string | undefined;
  dataRoot: string;
  encryptionKey: string;
  authSecret: string;
  audit: { secret: string; previousSecrets: string[] };
  enterpriseKey: string | undefined;
  /** PEM, or a file's path. */
  licensePublicKey: string | undefined;
  trustedProxies: string[];
  allowPrivateUrls: boolean;
  providerRoots: {
    anthropicBaseUrl: string;
    openaiBaseUrl: string;
    googleBaseUrl: string;
    ollamaCloudBaseUrl: string;
  };
  /** The gateway in which agents run; undefined: they run in this process. */
  openclaw: { url: string; token: string } | undefined;
  ollamaLocalUrls: string[];
  telegramApiRoot: string;
  telegramFilesRoot: string | undefined;
  braveApiUrl: string;
  updateFeedUrl: string | undefined;
  logLevel: string;
  backgroundJobs: boolean;
  metricsToken: string | undefined;
  limits: {
    apiPerMinute: number;
    messagesPerMinute: number;
    signInFailures: number;
    signInFailuresPerAddress: number;
    pairingFailures: number;
    providerChecksPerMinute: number;
    bytesPerPerson: number;
    documentBytes: number;
  };
}

/**
 * Reads the environment, the only place that does. Secrets that are not given are made once and kept in PINCHY_HOME.
 * @throws StartError with one sentence when a value cannot be used
 */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const variable = `The environment variable ${String(issue?.path[0])}`;
    const said = issue?.message ?? 'cannot be used';
    throw new StartError(said.endsWith('.') ? `${variable} cannot be used: ${said}` : `${variable} ${said}.`);
  }
  const values = parsed.data;
  const home = resolve(values.PINCHY_HOME);
  requireWritable(home);
  const dataRoot = resolve(values.DATA_ROOT ?? chooseDataRoot(home));
  requireSeparate(home, dataRoot);
  const secrets = join(home, 'secrets');
  const kept = (value: string | undefined, name: string) => value ?? keepSecret(secrets, name);
  return {
    home,
    host: values.HOST,
    port: values.PORT,
    processes: countProcesses(values.PINCHY_PROCESSES),
    databaseUrl: values.DATABASE_URL,
    dataRoot,
    encryptionKey: kept(values.ENCRYPTION_KEY, 'encryption-key'),
    authSecret: kept(values.BETTER_AUTH_SECRET, 'auth-secret'),
    audit: {
      secret: kept(values.AUDIT_HMAC_SECRET, 'audit-hmac-secret'),
      previousSecrets: list(values.AUDIT_HMAC_PREVIOUS_SECRETS ?? ''),
    },
    enterpriseKey: values.PINCHY_ENTERPRISE_KEY,
    licensePublicKey: values.PINCHY_LICENSE_PUBLIC_KEY,
    trustedProxies: list(values.TRUSTED_PROXIES),
    allowPrivateUrls: values.ALLOW_PRIVATE_URLS,
    providerRoots: {
      anthropicBaseUrl: values.ANTHROPIC_BASE_URL,
      openaiBaseUrl: values.OPENAI_BASE_URL,
      googleBaseUrl: values.GOOGLE_BASE_URL,
      ollamaCloudBaseUrl: values.OLLAMA_CLOUD_BASE_URL,
    },
    openclaw:
      values.AGENT_RUNTIME === 'openclaw'
        ? { url: values.OPENCLAW_URL, token: kept(values.OPENCLAW_TOKEN, 'openclaw-token') }
        : undefined,
    ollamaLocalUrls: values.OLLAMA_LOCAL_URLS === 'none' ? [] : list(values.OLLAMA_LOCAL_URLS),
    telegramApiRoot: values.TELEGRAM_API_ROOT,
    telegramFilesRoot: values.TELEGRAM_FILES_ROOT === undefined ? undefined : resolve(values.TELEGRAM_FILES_ROOT),
    braveApiUrl: values.BRAVE_API_URL,
    updateFeedUrl: values.UPDATE_FEED_URL,
    logLevel: values.LOG_LEVEL,
    backgroundJobs: values.BACKGROUND_JOBS,
    metricsToken: values.METRICS_TOKEN,
    limits: {
      apiPerMinute: values.RATE_LIMIT_API_PER_MINUTE,
      messagesPerMinute: values.RATE_LIMIT_MESSAGES_PER_MINUTE,
      signInFailures: values.RATE_LIMIT_SIGN_IN_FAILURES,
      signInFailuresPerAddress: values.RATE_LIMIT_SIGN_IN_FAILURES_PER_ADDRESS,
      pairingFailures: values.RATE_LIMIT_PAIRING_FAILURES,
      providerChecksPerMinute: values.RATE_LIMIT_PROVIDER_CHECKS_PER_MINUTE,
      bytesPerPerson: values.UPLOAD_MIB_PER_PERSON * 1024 ** 2,
      documentBytes: values.DOCUMENTS_MIB * 1024 ** 2,
    },
  };
}

function requireWritable(home: string): void {
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 });
    accessSync(home, constants.W_OK | constants.X_OK);
    const probe = join(home, `.probe-${randomBytes(6).toString('hex')}`);
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new StartError(
      `Pinchy keeps its state in ${home}, but cannot write there (${reason}). Set PINCHY_HOME to a directory it may write to.`,
    );
  }
}
