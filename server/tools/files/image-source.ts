import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { PluginConfig } from '../../../contract/agents.ts';
import type { ImageReference } from '../tool.ts';
import { openPlace } from './open-place.ts';
import { maxImageBytes } from './read-image.ts';
import { locate, rootsOf, shown } from './virtual-path.ts';

/** Base64 without a `data:` prefix, or why there is none, in words for a model. */
export type LoadedImage = { data: string } | { missing: string };

/** Where models get the pictures from that messages refer to. */
export interface ImageSource {
  /** Asks again what this person's agent may read: it may not be what it was when the message was written. Never throws. */
  load(owner: { agentId: string; userId: string }, image: ImageReference): Promise<LoadedImage>;
}

export function createImageSource(options: {
  dataRoot: string;
  /** Holds one directory per agent, named by its id. */
  workspaceRoot: string;
  /** Undefined when this person may not use the agent (any more). */
  findGrant(who: { agentId: string; userId: string }): Promise<{ pluginConfig: PluginConfig } | undefined>;
}): ImageSource {
  const { dataRoot, workspaceRoot, findGrant } = options;

  async function read(owner: { agentId: string; userId: string }, { path, sha256 }: ImageReference) {
    const grant = await findGrant(owner);
    if (!grant) return undefined;
    const { pluginConfig } = grant;
    const workspaceDirectory = join(workspaceRoot, owner.agentId);
    const roots = rootsOf({ userId: owner.userId, workspaceDirectory, pluginConfig }, dataRoot);
    const place = locate(path, roots);
    if (place.kind === 'above') return undefined;
    const { handle, stats } = await openPlace(place, roots, 'file');
    try {
      if (stats.size > maxImageBytes) return 'changed';
      const bytes = Buffer.alloc(stats.size);
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
      const image = bytes.subarray(0, bytesRead);
      const isSame = sha256 === undefined || createHash('sha256').update(image).digest('hex') === sha256;
      return isSame ? { data: image.toString('base64') } : 'changed';
    } finally {
      await handle.close();
    }
  }

  return {
    async load(owner, image) {
      const name = shown(image.path);
      const found = await read(owner, image).catch(() => undefined);
      if (found === 'changed') {
        return { missing: `[The image ${name} has been changed since. Read it again to see it as it is now.]` };
      }
      return found ?? { missing: `[The image ${name} is not there any more, or may not be read any more.]` };
    },
  };
}
