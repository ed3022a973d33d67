import type { TestApp, TestUser } from './create-test-app.ts';

export interface FormDocument {
  /** As the form calls it, with directories. */
  filename: string;
  content?: string | Buffer;
}

const boundary = 'edge';

/** A form as browsers send it: names in UTF-8, quotes and line breaks as `%22`, `%0D` and `%0A`. */
export function formOf(documents: FormDocument[]): Buffer {
  const parts = documents.flatMap(({ filename, content = 'x' }) => [
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${escaped(filename)}"\r\nContent-Type: application/octet-stream\r\n\r\n`,
    ),
    Buffer.from(content),
    Buffer.from('\r\n'),
  ]);
  return Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]);
}

export const formType = `multipart/form-data; boundary=${boundary}`;

const escaped = (name: string) => name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

/** Adds documents below /data as somebody. */
export async function addDocuments(
  { app }: TestApp,
  who: TestUser,
  { directory, documents, replace }: { directory: string; documents: FormDocument[]; replace?: boolean },
) {
  const search = new URLSearchParams({ directory, ...(replace !== undefined && { replace: String(replace) }) });
  const answer = await app.inject({
    method: 'POST',
    url: `/api/knowledge/documents?${search}`,
    headers: { cookie: who.cookie, 'content-type': formType },
    payload: formOf(documents),
  });
  return { status: answer.statusCode, body: answer.json() };
}
