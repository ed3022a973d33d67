import { randomBytes } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import * as z from 'zod';

const anchorSchema = z.object({
  /** 2 since personal values stand apart; without it, the anchor is of the trail that was carried over. */
  format: z.literal(2).optional(),
  sequence: z.int().min(0),
  total: z.int().min(0),
  lastId: z.int(),
  seal: z.string().regex(/^([0-9a-f]{64})?$/),
  sealedAt: z.string(),
});

/** The newest checkpoint's head as it is kept outside the database, where its administrators cannot change it. */
export type Anchor = z.infer<typeof anchorSchema>;

/** The anchor of a trail that has no checkpoint yet: from then on, one that is gone is missed. */
export const firstAnchor = (): Anchor => ({
  format: 2,
  sequence: 0,
  total: 0,
  lastId: 0,
  seal: '',
  sealedAt: new Date().toISOString(),
});

/** Undefined when there is none; throws when the file cannot be read or is not an anchor. */
export async function findAnchor(path: string): Promise<Anchor | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    return anchorSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new Error(`${path} is not an anchor of the audit trail.`, { cause: error });
  }
}

/** Replaces the file at once or not at all; only its owner can read it. */
export async function writeAnchor(path: string, anchor: Anchor): Promise<void> {
  const { sequence, total, lastId, seal, sealedAt } = anchor;
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(`${JSON.stringify({ format: 2, sequence, total, lastId, seal, sealedAt })}\n`);
    await file.sync();
    await file.close();
    await rename(draft, path);
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(draft, { force: true });
    throw error;
  }
}
