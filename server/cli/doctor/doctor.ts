import { existsSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { release } from 'node:os';
import { type Config, readConfig } from '../../config.ts';
import { currentSchemaVersion, findSchemaVersion } from '../../db/schema-version.ts';
import { StartError } from '../../platform/errors.ts';
import type { Diagnosis, DoctorReport } from '../../../contract/doctor.ts';
import type { Services } from '../../services.ts';
import {
  createQuietServices,
  type OpenDatabase,
  openDatabase,
  readVersion,
  requireInstallation,
  withClient,
} from '../open-database.ts';
import { writeReport } from './write-report.ts';
import { examineClock } from './examine-clock.ts';
import { examineDatabase } from './examine-database.ts';
import { examineDomain } from './examine-domain.ts';
import { examineGateway } from './examine-gateway.ts';
import { examineKeys } from './examine-keys.ts';
import { examineMachine, findMissingSecrets } from './examine-machine.ts';
import { examineProviders } from './examine-providers.ts';
import { examineServer, type ServerExamination } from './examine-server.ts';
import { examineBackups, examineTrail } from './examine-trail.ts';
import { examineWork } from './examine-work.ts';
import { type Finding, orWrong, well, wrong } from './finding.ts';
import { createHider } from './hide-places.ts';

export type { DoctorReport };

/** What an examination works on: an installation whose database it opens, or that of the server it runs in. */
interface Subject {
  environment: NodeJS.ProcessEnv;
  version: string;
  /** Variables whose secret nothing holds. */
  missing: string[];
  readConfig(): Config;
  openDatabase(): Promise<OpenDatabase>;
  createServices(database: OpenDatabase): Promise<Services>;
}

/**
 * Examines an installation, beside its running server or without one, and changes nothing in it. The report names neither
 * secrets nor places.
 * @throws StartError where there is no installation
 */
export async function examineInstallation(environment: NodeJS.ProcessEnv): Promise<DoctorReport> {
  requireInstallation(environment);
  const home = environment['PINCHY_HOME'] || '.pinchy';
  if (!existsSync(home)) throw new StartError(`There is no Pinchy in ${home}. Set PINCHY_HOME as the server has it.`);
  const missing = await findMissingSecrets(home, environment);
  const given = { ...environment, ...standIns(missing, environment) };
  return examine({
    environment,
    version: readVersion(),
    missing,
    readConfig: () => readConfig(given),
    openDatabase: () => openDatabase(given),
    createServices: createQuietServices,
  });
}

/** The same from within the server, on its own services; `port` is where it listens. */
export async function examineServerItself(own: {
  services: Services;
  databaseUrl: string;
  port: number;
  environment: NodeJS.ProcessEnv;
}): Promise<Diagnosis> {
  const { services, databaseUrl, environment } = own;
  const config = { ...services.config, port: own.port };
  const report = await examine({
    environment,
    version: services.version,
    missing: await findMissingSecrets(config.home, environment),
    readConfig: () => config,
    openDatabase: async () => ({ config, databaseUrl, close: async () => {} }),
    createServices: async () => ({ ...services, stop: async () => {} }),
  });
  return { ...report, page: writeReport(report) };
}

async function examine(subject: Subject): Promise<DoctorReport> {
  const { environment, version, missing } = subject;
  const found = { isRunning: false, lockedDomain: undefined as string | undefined };
  let config: Config | undefined;
  const findings = [describeVersions(version)];
  try {
    config = subject.readConfig();
    findings.push(...(await orWrong('Machine', 'Look at PINCHY_HOME.', () => examineMachine(config!))));
    const server = await examineServer(config, version);
    found.isRunning = server.health !== undefined;
    findings.push(...server.findings, ...(await examineState(subject, { missing, server, found })));
    findings.push(...(await examineGateway(config, server.health)));
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    findings.push(wrong('Configuration', error.message, 'docs/environment.md says what each variable takes.'));
  }
  const hide = createHider(config, { lockedDomain: found.lockedDomain, environment });
  return {
    version,
    examinedAt: new Date().toISOString(),
    server: found.isRunning ? 'running' : 'stopped',
    health: findings.some(({ health }) => health === 'wrong') ? 'wrong' : 'well',
    findings: findings.map((finding) => ({
      ...finding,
      says: hide(finding.says),
      ...(finding.next !== undefined && { next: hide(finding.next) }),
    })),
  };
}

/** A start would make secrets that are missing; an examination must not, or the next start takes them for the true ones. */
function standIns(missing: string[], environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const names = environment['OPENCLAW_TOKEN'] ? missing : [...missing, 'OPENCLAW_TOKEN'];
  return Object.fromEntries(names.map((name) => [name, randomBytes(32).toString('hex')]));
}

function describeVersions(version: string): Finding {
  const { platform, arch, versions } = process;
  return well('Versions', `Pinchy ${version}, Node.js ${versions.node}, ${platform} ${release()} on ${arch}.`);
}

const lookAtLog = 'The log of the server may say why.';

/** What lies in the database, and what can only be asked with what lies there. */
function examineState(
  subject: Subject,
  context: {
    missing: string[];
    server: ServerExamination;
    found: { lockedDomain: string | undefined };
  },
): Promise<Finding[]> {
  const { missing, server, found } = context;
  return orWrong('Database', 'Everything else waits for it.', async () => {
    const database = await subject.openDatabase();
    const { config, databaseUrl } = database;
    try {
      return await withClient(databaseUrl, async (client) => {
        const findings = await examineDatabase(client, config.databaseUrl === undefined);
        if ((await findSchemaVersion(client)) !== currentSchemaVersion()) return findings;
        const keys = await examineKeys(databaseUrl, config, missing);
        findings.push(...keys);
        const services = await subject.createServices(database);
        try {
          const domain = await services.domain.lockedDomain();
          found.lockedDomain = domain;
          // With other keys nothing sealed can be read, and no signature is right.
          const canRead = !keys.some(({ health }) => health === 'wrong');
          const providers = canRead ? await examineProviders(services) : undefined;
          const isRunning = server.health !== undefined;
          const clock = async () => [await examineClock(client, providers?.clockAheadMs)];
          findings.push(...(await orWrong('Clock', lookAtLog, clock)), ...(providers?.findings ?? []));
          findings.push(...(await examineDomain(config, domain, server.metrics)));
          findings.push(...(await orWrong('Queues', lookAtLog, () => examineWork(client, isRunning))));
          if (canRead) findings.push(...(await orWrong('Audit trail', lookAtLog, () => examineTrail(services))));
          findings.push(...(await examineBackups(services)));
          return findings;
        } finally {
          await services.stop();
        }
      });
    } finally {
      await database.close();
    }
  });
}
