import * as z from 'zod';
import type { Config } from '../../config.ts';
import { askServer } from './ask-server.ts';
import { type Finding, formatBytes, notice, well, wrong } from './finding.ts';
import { counted } from '../../platform/counted.ts';

const healthSchema = z.object({
  status: z.string(),
  version: z.string(),
  database: z.object({ connected: z.boolean() }),
  openclaw: z.object({ connected: z.boolean(), mode: z.string() }),
});

export type ServerHealth = z.infer<typeof healthSchema>;

export interface ServerExamination {
  /** Undefined when no Pinchy answers at the port. */
  health: ServerHealth | undefined;
  metrics: Map<string, number>;
  findings: Finding[];
}

const about = 'Server';

export async function examineServer(config: Config, version: string): Promise<ServerExamination> {
  const none = { health: undefined, metrics: new Map<string, number>() };
  const { port } = config;
  if (port === 0) {
    const next = 'Set PORT as the server has it, to examine one that runs.';
    return { ...none, findings: [notice(about, 'PORT is 0, so where the server listens is not known.', next)] };
  }
  const answer = await askServer(config, '/api/health').catch((error: Error) => error);
  if (answer instanceof Error) {
    const next = `Stop what holds port ${port}, if it is not Pinchy; if it is, look at its log.`;
    return { ...none, findings: [wrong(about, `Something holds port ${port} and does not answer.`, next)] };
  }
  if (answer === undefined) return { ...none, findings: [well(about, `Not running: port ${port} is free.`)] };
  const health = readHealth(answer.body);
  if (!health) {
    const next = 'Stop that program, or set PORT to a free one.';
    return { ...none, findings: [wrong(about, `Another program answers at port ${port}.`, next)] };
  }
  const metrics = await readMetrics(config);
  return { health, metrics, findings: [describeServer(health, metrics, { port, version })] };
}

function readHealth(body: string): ServerHealth | undefined {
  try {
    return healthSchema.parse(JSON.parse(body));
  } catch {
    return undefined;
  }
}

function describeServer(
  health: ServerHealth,
  metrics: Map<string, number>,
  { port, version }: { port: number; version: string },
): Finding {
  if (!health.database.connected) {
    const says = `Running at port ${port}, without its database.`;
    return wrong(about, says, 'See Database below; the server connects by itself once it answers.');
  }
  if (health.version !== version) {
    const says = `Pinchy ${health.version} runs at port ${port}; this is ${version}.`;
    return notice(about, says, 'Restart the server, so that it is the version that was installed.');
  }
  const memory = metrics.get('pinchy_process_resident_memory_bytes');
  if (memory === undefined) return well(about, `Running at port ${port}.`);
  const [chats = 0, runs = 0, waiting = 0] = ['chat_sockets', 'runs_active', 'database_waiting'].map((name) =>
    metrics.get(`pinchy_${name}`),
  );
  const openChats = counted(chats, 'open chat', 'open chats');
  const answers = counted(runs, 'answer being written', 'answers being written');
  const requests = counted(waiting, 'request waiting for the database', 'requests waiting for the database');
  return well(
    about,
    `Running at port ${port}, ${formatBytes(memory)} of memory, ${openChats}, ${answers}, ${requests}.`,
  );
}

/** By name with labels as Prometheus writes them; empty where the server does not let this machine read them. */
async function readMetrics(config: Config): Promise<Map<string, number>> {
  const headers = config.metricsToken ? { authorization: `Bearer ${config.metricsToken}` } : undefined;
  const answer = await askServer(config, '/metrics', headers).catch(() => undefined);
  if (answer?.status !== 200) return new Map();
  return new Map(
    answer.body.split('\n').flatMap((line): [string, number][] => {
      const [, name, value] = /^([a-z_]+(?:\{[^}]*\})?) ([\d.e+-]+)$/.exec(line) ?? [];
      return name && value ? [[name, Number(value)]] : [];
    }),
  );
}
