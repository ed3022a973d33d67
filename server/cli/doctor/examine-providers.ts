import { providerIds, type ProviderId } from '../../../contract/providers.ts';
import { listModels } from '../../providers/list-models.ts';
import { baseUrlOf, providerNames } from '../../providers/provider.ts';
import type { Services } from '../../services.ts';
import { type Finding, notice, well, wrong } from './finding.ts';
import { counted } from '../../platform/counted.ts';

export interface ProviderExamination {
  findings: Finding[];
  /** How far this machine's clock is ahead of a provider's, in milliseconds; undefined where none told its time. */
  clockAheadMs: number | undefined;
}

const clockTimeoutMs = 5_000;

/** Asks every configured provider for its models, with the key that is stored. */
export async function examineProviders(services: Services): Promise<ProviderExamination> {
  const found = await Promise.all(providerIds.map((provider) => examineProvider(services, provider)));
  const configured = found.filter((finding) => finding !== undefined);
  if (configured.length === 0) {
    const next = 'Connect one under Settings → Providers.';
    return { findings: [notice('Providers', 'No model provider is connected.', next)], clockAheadMs: undefined };
  }
  return { findings: configured.map(({ finding }) => finding), clockAheadMs: await readClocks(configured) };
}

interface Examined {
  finding: Finding;
  /** Where a provider in the cloud is; a model server of one's own may have the very clock that is off. */
  cloudUrl: string | undefined;
}

async function examineProvider(services: Services, provider: ProviderId): Promise<Examined | undefined> {
  const about = `Provider ${providerNames[provider]}` as const;
  const { providerRoots } = services.config;
  try {
    const credential = await services.providers.findCredential(provider);
    if (!credential) return undefined;
    const cloudUrl = provider === 'ollama-local' ? undefined : baseUrlOf(provider, credential, providerRoots);
    try {
      const models = await listModels(provider, credential, providerRoots);
      return { finding: well(about, `Answers, with ${counted(models.length, 'model', 'models')}.`), cloudUrl };
    } catch (error) {
      const next = 'Check the network, or the key under Settings → Providers.';
      const says = error instanceof Error ? error.message : 'It does not answer.';
      return { finding: wrong(about, withoutHost(says, credential.baseUrl), next), cloudUrl };
    }
  } catch {
    const next = 'Start Pinchy with the ENCRYPTION_KEY it was set up with, or enter the key of the provider again.';
    return { finding: wrong(about, 'Its key cannot be read.', next), cloudUrl: undefined };
  }
}

/** A model server of one's own has a name that is nobody's business. */
function withoutHost(text: string, baseUrl: string | undefined): string {
  if (baseUrl === undefined || !URL.canParse(baseUrl)) return text;
  const { host, hostname } = new URL(baseUrl);
  return text.replaceAll(host, '<the model server>').replaceAll(hostname, '<the model server>');
}

async function readClocks(examined: Examined[]): Promise<number | undefined> {
  for (const { cloudUrl } of examined) {
    if (cloudUrl === undefined) continue;
    try {
      const answer = await fetch(cloudUrl, { method: 'HEAD', signal: AbortSignal.timeout(clockTimeoutMs) });
      const date = Date.parse(answer.headers.get('date') ?? '');
      if (date) return Date.now() - date;
    } catch {
      // Another one may answer.
    }
  }
  return undefined;
}
