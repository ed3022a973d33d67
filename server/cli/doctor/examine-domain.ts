import type { Config } from '../../config.ts';
import { describeFault } from '../../platform/describe-fault.ts';
import { type Finding, notice, well } from './finding.ts';
import { counted } from '../../platform/counted.ts';

const about = 'Domain and proxy';
const timeoutMs = 5_000;

/** `metrics` of the running server say which headers of proxies it saw since it started. */
export async function examineDomain(
  config: Config,
  lockedDomain: string | undefined,
  metrics: Map<string, number>,
): Promise<Finding[]> {
  return [await examineLock(lockedDomain), ...examineProxy(config, metrics)];
}

async function examineLock(lockedDomain: string | undefined): Promise<Finding> {
  if (lockedDomain === undefined) {
    const next = 'For a team, put a proxy with HTTPS in front and lock the domain under Settings → Security.';
    return notice(about, 'No domain is locked, so Pinchy may be reached without HTTPS.', next);
  }
  try {
    const answer = await fetch(`https://${lockedDomain}/api/health`, { signal: AbortSignal.timeout(timeoutMs) });
    const { version } = (await answer.json()) as { version?: unknown };
    if (typeof version === 'string') return well(about, 'Locked to a domain, which answers over HTTPS from here.');
  } catch (error) {
    const says = `Locked to a domain, which does not answer from this machine (${causeOf(error)}).`;
    const next = 'If it does not open in a browser either, look at the DNS entry, the certificate and the proxy.';
    return notice(about, says, next);
  }
  return notice(about, 'At the locked domain something else than Pinchy answers.', 'Point the proxy at this server.');
}

function examineProxy(config: Config, metrics: Map<string, number>): Finding[] {
  const seen = (peer: string, protocol: string) =>
    metrics.get(`pinchy_forwarded_requests_total{peer="${peer}",protocol="${protocol}"}`) ?? 0;
  const ignored = seen('untrusted', 'http') + seen('untrusted', 'https');
  const [plain, secure] = [seen('trusted', 'http'), seen('trusted', 'https')];
  if (ignored > 0 && plain + secure === 0) {
    const says = `${counted(ignored, 'request', 'requests')} came through a proxy that TRUSTED_PROXIES does not name, so its headers do not count.`;
    const next = 'Set TRUSTED_PROXIES to the address of the proxy, if it is yours.';
    return [notice(about, says, next)];
  }
  if (plain > 0 && secure === 0) {
    const says = `${counted(plain, 'request', 'requests')} came through a trusted proxy, but never over HTTPS.`;
    const next = 'Let the proxy send X-Forwarded-Proto, and redirect http to https.';
    return [notice(about, says, next)];
  }
  if (plain + secure > 0)
    return [
      well(about, `${counted(secure, 'request', 'requests')} over HTTPS and ${plain} over http by a trusted proxy.`),
    ];
  const trusted = config.trustedProxies.length;
  return trusted > 0 ? [well(about, `Trusted proxies: ${trusted}; none was seen.`)] : [];
}

function causeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const { code, name } = cause as { code?: string; name?: string };
  return code ?? name ?? describeFault(cause as Error).type;
}
