import type { ImageSource, LoadedImage } from '../tools/files/image-source.ts';
import type { ImageReference } from '../tools/tool.ts';

/** How many pictures one request to a model brings along. */
const maxImages = 10;
/** What they may have together: with Base64 and the request around them it stays a few times that in memory. */
const maxBytes = 10 * 1024 * 1024;

/** A message, as far as it may have pictures. */
interface Illustrated {
  images?: ImageReference[];
  toolCalls?: { images?: ImageReference[] }[];
}

export type LoadedImages = Map<ImageReference, LoadedImage>;

/** The newest pictures of a prompt as far as they fit, each once however often it was looked at, one after the other. */
export async function loadNewestImages(
  source: ImageSource,
  owner: { agentId: string; userId: string },
  messages: readonly Illustrated[],
): Promise<LoadedImages> {
  const loaded: LoadedImages = new Map();
  for (const image of newestImages(messages)) loaded.set(image, await source.load(owner, image));
  return loaded;
}

/** Newest first. The first that does not fit ends it: what a model sees has no holes. */
export function newestImages(messages: readonly Illustrated[]): ImageReference[] {
  const newest: ImageReference[] = [];
  const seen = new Set<string>();
  let bytes = 0;
  for (const image of messages.flatMap(imagesOf).toReversed()) {
    const key = image.sha256 ?? image.path;
    if (seen.has(key)) continue;
    bytes += image.bytes;
    if (newest.length === maxImages || bytes > maxBytes) break;
    seen.add(key);
    newest.push(image);
  }
  return newest;
}

const imagesOf = ({ images = [], toolCalls = [] }: Illustrated) => [
  ...images,
  ...toolCalls.flatMap((call) => call.images ?? []),
];
