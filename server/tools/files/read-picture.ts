import { ToolError, type ToolResult } from '../tool.ts';
import type { DocumentCache } from './document-cache.ts';
import { DocumentGone, extractDocument } from './extract-document.ts';
import { maxImageBytes, readImage } from './read-image.ts';
import { readableImages } from './recognise-file.ts';
import { numberPassages, type ShownPart } from './number-passages.ts';
import type { ReadRequest } from './read-input.ts';
import { nameOf } from './read-text-file.ts';
import { sizeText } from './size-text.ts';
import { addLine, defaultLines, emptyWindow } from './text-window.ts';
import { confidenceOf } from './recognise-scan.ts';
import { counted } from '../../platform/counted.ts';

const notAttached = 'The image itself is not attached: images can be seen up to 5 MB, as PNG, JPEG, WebP or GIF.';

type PictureRequest = ReadRequest & { mediaType: string | undefined; cache: DocumentCache };

/** Hands a picture to models that can see it, and the text that was recognised in it to all of them. */
export async function readPicture(request: PictureRequest): Promise<ToolResult> {
  const { opened, path, mediaType = 'image' } = request;
  const { size } = opened.stats;
  const isShown = readableImages.has(mediaType) && size <= maxImageBytes;
  const shown = isShown ? await readImage(request, mediaType) : undefined;
  try {
    const text = await recognisedText(request);
    const head = shown?.text ?? `File: ${path} (${mediaType}, ${sizeText(size)}). ${notAttached}`;
    const summary = `Looked at ${nameOf(path)}`;
    return { summary, audit: { path, bytes: size }, ...shown, text: `${head}\n${text}` };
  } catch (error) {
    if (!(error instanceof ToolError) || error instanceof DocumentGone || !shown) throw error;
    return { ...shown, text: `${shown.text}\n[Its text was not recognised: ${error.message}]` };
  }
}

async function recognisedText({ opened, path, context, cache, input }: PictureRequest): Promise<string> {
  const { handle, stats } = opened;
  const page = input.page ?? 1;
  const job = {
    handle,
    size: stats.size,
    kind: 'image',
    path,
    userId: context.userId,
    signal: context.signal,
  } as const;
  const document =
    cache.find(stats, [page, 1], page) ??
    cache.add(stats, await extractDocument({ ...job, firstPage: page, recogniseScans: true }));
  const { pages, firstPage, totalPages, recognised = [] } = document;
  if (page > totalPages)
    throw new ToolError(`${path} has ${counted(totalPages, 'page', 'pages')}; there is no page ${page}.`);
  const window = emptyWindow(1);
  const used = { characters: 0 };
  const parts: ShownPart[] = [];
  pages.slice(page - firstPage).forEach((lines, index) => {
    const number = page + index;
    const found = recognised.find((candidate) => candidate.page === number);
    const mark = totalPages > 1 ? `Page ${number}: ` : '';
    const before = window.lines.length;
    addLine(
      window,
      found ? `[${mark}${confidenceOf(found)}]` : `[${mark}no text was recognised in it]`,
      defaultLines,
      used,
    );
    if (found) for (const line of lines) addLine(window, line, defaultLines, used);
    const [head, ...shown] = window.lines.slice(before);
    const place = totalPages > 1 ? `page ${number}` : 'picture';
    if (head !== undefined) parts.push({ head: [head], lines: shown, placeOf: () => place });
  });
  const next = firstPage + pages.length;
  const more = next <= totalPages ? `\n[There is more: go on with page=${next}.]` : '';
  const numbered = await numberPassages(parts, { path: opened.virtualPath, citations: context.citations });
  return numbered.join('\n') + more;
}
