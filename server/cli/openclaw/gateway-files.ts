import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { resourcePath } from '../../platform/resources.ts';
import type { ToolDescription } from '../../tools/describe-tool.ts';

export interface GatewaySetup {
  /** Holds configuration, state and plugin of the gateway. */
  directory: string;
  port: number;
  token: string;
  /** Where the gateway's plugin reaches Pinchy. */
  pinchyUrl: string;
  tools: ToolDescription[];
}

/** Writes plugin and configuration, the latter only as far as it is ours; returns the configuration's path. */
export async function writeGatewayFiles(setup: GatewaySetup): Promise<string> {
  const plugin = join(setup.directory, 'plugin');
  const path = join(setup.directory, 'openclaw.json');
  await writePlugin(plugin, setup.tools);
  const before = existsSync(path) ? (JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>) : {};
  // Holds the gateway's token.
  await replaceFile(path, `${JSON.stringify(configOf(setup, plugin, before), null, 2)}\n`);
  return path;
}

/** The plugin as OpenClaw loads it: its code, what it is called, and the tools there are. */
export async function writePlugin(directory: string, tools: ToolDescription[]): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const source = resourcePath('openclaw-plugin');
  await copyFile(join(source, 'index.ts'), join(directory, 'index.ts'));
  const write = (name: string, value: unknown) =>
    writeFile(join(directory, name), `${JSON.stringify(value, null, 2)}\n`);
  await write('tools.json', tools);
  await write('package.json', {
    name: 'pinchy-openclaw-plugin',
    version: '0.1.0',
    private: true,
    type: 'module',
    openclaw: { extensions: ['./index.ts'] },
  });
  await write('openclaw.plugin.json', {
    id: 'pinchy',
    name: 'Pinchy',
    description: "Gives agents Pinchy's tools; Pinchy decides about and records every call.",
    version: '0.1.0',
    activation: { onStartup: true },
    contracts: { tools: tools.map(({ id }) => id) },
    configSchema: {
      type: 'object',
      additionalProperties: false,
      properties: { url: { type: 'string' }, token: { type: 'string' } },
    },
  });
}

/** Only our plugin, only its tools; no shell, files, web, schedules, messages or memory of the gateway's own. */
function configOf({ port, token, pinchyUrl, tools }: GatewaySetup, plugin: string, before: Record<string, unknown>) {
  return {
    ...before,
    gateway: {
      mode: 'local',
      port,
      bind: 'loopback',
      auth: { mode: 'token', token },
      controlUi: { enabled: false },
    },
    tools: { allow: tools.map(({ id }) => id), toolSearch: false },
    agents: {
      entries: { main: {} },
      ...(before['agents'] as object | undefined),
      ownership: 'explicit',
      defaults: {
        skipBootstrap: true,
        heartbeat: { every: '0m' },
        skills: [],
        // A summary is better than none: small models fail the audit, and then the conversation stands still. Notes of
        // an agent's own before it would be a turn that Pinchy never began.
        compaction: { qualityGuard: { enabled: false }, memoryFlush: { enabled: false } },
      },
    },
    models: { ...(before['models'] as object | undefined), mode: 'replace' },
    cron: { enabled: false },
    plugins: {
      enabled: true,
      // The second one is the gateway's adapter for Ollama; its tools are not in the allow-list.
      allow: ['pinchy', 'ollama'],
      load: { paths: [plugin] },
      slots: { memory: 'none' },
      entries: {
        pinchy: {
          enabled: true,
          config: { url: pinchyUrl, token },
          hooks: { allowConversationAccess: true },
        },
      },
    },
  };
}

async function replaceFile(path: string, content: string): Promise<void> {
  await writeFile(`${path}.next`, content, { mode: 0o600 });
  await rename(`${path}.next`, path);
}
