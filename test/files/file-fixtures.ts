import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Tool, ToolContext, ToolResult } from '../../server/tools/tool.ts';
import { storedZip } from '../../server/tools/files/extract/stored-zip.ts';
import { createFileTools } from '../../server/tools/files/file-tools.ts';

/** For tests: a data root and a workspace in a temporary directory, an agent that may read `/data/hr`, and its file tools. */
export async function createFilePlayground(allowedPaths = ['/data/hr']) {
  const home = await realpath(await mkdtemp(join(tmpdir(), 'pinchy-files-')));
  const dataRoot = join(home, 'data');
  const workspaceDirectory = join(home, 'workspace');
  await mkdir(join(dataRoot, 'hr'), { recursive: true });
  await mkdir(workspaceDirectory);
  const [ls, read] = createFileTools({ dataRoot }) as [Tool, Tool];

  function contextOf(overrides: Partial<ToolContext> = {}): ToolContext {
    return {
      agentId: 'agent1',
      userId: 'user1',
      conversationId: 'conversation1',
      runId: 'run1',
      toolCallId: 'call1',
      workspaceDirectory,
      pluginConfig: { allowed_paths: allowedPaths },
      signal: new AbortController().signal,
      ...overrides,
    };
  }

  async function call(tool: Tool, input: unknown, overrides?: Partial<ToolContext>): Promise<ToolResult> {
    const parsed = tool.input.parse(input);
    await tool.checkScope?.(parsed, contextOf(overrides));
    return tool.execute(parsed, contextOf(overrides));
  }

  return {
    home,
    dataRoot,
    workspaceDirectory,
    ls: (input: unknown, overrides?: Partial<ToolContext>) => call(ls, input, overrides),
    read: (input: unknown, overrides?: Partial<ToolContext>) => call(read, input, overrides),
    /** Writes a file below the temporary directory and returns its path on the host. */
    async put(path: string, content: string | Uint8Array): Promise<string> {
      const file = join(home, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
      return file;
    },
    remove: () => rm(home, { recursive: true, force: true }),
  };
}

export type FilePlayground = Awaited<ReturnType<typeof createFilePlayground>>;

/** A minimal PDF with one line of text per page. (ISO 32000-1, 7.5.) */
export function pdfWithPages(texts: string[]): Buffer {
  const objects: string[] = [];
  const kids = texts.map((_, index) => `${4 + index * 2} 0 R`).join(' ');
  objects.push('<< /Type /Catalog /Pages 2 0 R >>');
  objects.push(`<< /Type /Pages /Kids [${kids}] /Count ${texts.length} >>`);
  objects.push('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>');
  texts.forEach((text, index) => {
    const stream = `BT /F1 12 Tf 72 720 Td (${text.replace(/[()\\]/g, '\\$&')}) Tj ET`;
    const resources = '/Resources << /Font << /F1 3 0 R >> >>';
    objects.push(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] ${resources} /Contents ${5 + index * 2} 0 R >>`);
    objects.push(`<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`);
  });
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const start = body.length;
  const size = objects.length + 1;
  body += `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(body, 'latin1');
}

/** One page whose content goes through these filters; `more` are further entries of the trailer. (ISO 32000-1, 7.4 and 7.5.5.) */
export function pdfWithContent(
  content: Buffer,
  { filter = '', kids = '3 0 R', resources = '', more = '' } = {},
): Buffer {
  return Buffer.concat([
    Buffer.from(
      `%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [${kids}] /Count 1 >>\nendobj\n` +
        `3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Resources << ${resources} >> /Contents 4 0 R >>\nendobj\n` +
        `4 0 obj\n<< /Length ${content.length} ${filter} >>\nstream\n`,
    ),
    content,
    Buffer.from(`\nendstream\nendobj\ntrailer\n<< /Size 5 /Root 1 0 R ${more} >>\n%%EOF\n`),
  ]);
}

/** A minimal Word document around the XML of its body. */
export function docxWithBody(body: string): Buffer {
  const relationships = 'http://schemas.openxmlformats.org/package/2006/relationships';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const parts = {
    '[Content_Types].xml':
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' +
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
      '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    '_rels/.rels': `<Relationships xmlns="${relationships}"><Relationship Id="r1" Type="${office}/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/document.xml': `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`,
  };
  return storedZip(Object.entries(parts).map(([name, text]) => ({ name, data: Buffer.from(text) })));
}

export function wordParagraph(text: string, style?: string): string {
  const properties = style ? `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>` : '';
  return `<w:p>${properties}<w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
}
