import { join } from 'node:path';
import { type Config, readConfig } from '../../config.ts';
import { StartError } from '../../platform/errors.ts';
import { createLogger } from '../../platform/logger.ts';
import { createServices } from '../../services.ts';
import { describeTool, type ToolDescription } from '../../tools/describe-tool.ts';
import { writeGatewayFiles } from './gateway-files.ts';
import { installGateway } from './install-gateway.ts';
import { superviseGateway } from './supervise-gateway.ts';

/**
 * Runs a gateway of our own until a signal: installed once, configured for this Pinchy, restarted when it ends.
 * @throws StartError
 */
export async function runGateway(environment: NodeJS.ProcessEnv): Promise<void> {
  const config = readConfig({ ...environment, AGENT_RUNTIME: 'openclaw' });
  if (!config.openclaw) throw new StartError('No gateway is configured.');
  const say = (text: string) => void process.stdout.write(`  ${text}…\n`);
  const url = new URL(config.openclaw.url);
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)) {
    throw new StartError(
      `OPENCLAW_URL points to ${url.hostname}. npm run openclaw starts a gateway on this machine only.`,
    );
  }
  const directory = join(config.home, 'openclaw');
  const program = await installGateway(join(directory, 'package'), say);
  const configPath = await writeGatewayFiles({
    directory,
    port: Number(url.port || '80'),
    token: config.openclaw.token,
    pinchyUrl: `http://127.0.0.1:${config.port}`,
    tools: await listTools(config),
  });
  say(`Starting the gateway at ${url.href}. Start Pinchy beside it with AGENT_RUNTIME=openclaw npm start`);
  const gateway = superviseGateway({ program, configPath, say });
  await new Promise<void>((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
  await gateway.stop();
}

/** The registry is made with the services, of which none is started. */
async function listTools(config: Config): Promise<ToolDescription[]> {
  const services = await createServices({
    config,
    databaseUrl: 'postgres://127.0.0.1/unused',
    version: '',
    log: createLogger('silent'),
  });
  await services.database.close();
  return services.tools.all.map(describeTool);
}
