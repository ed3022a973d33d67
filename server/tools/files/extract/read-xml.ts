import { StringDecoder } from 'node:string_decoder';
import { SaxesParser } from 'saxes';

export interface XmlReader {
  /** `name` and the attributes' names come without their namespace prefix. */
  open?(name: string, attributes: Record<string, string>): void;
  text?(text: string): void;
  close?(name: string): void;
  /** Ends reading early, for whoever has enough. */
  isDone?(): boolean;
}

/** Streams XML through a reader. Entities that a document declares itself are errors, so none can multiply. */
export async function readXml(bytes: AsyncIterable<Buffer>, reader: XmlReader): Promise<void> {
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => {
    const attributes = withoutPrefixes(tag.attributes);
    reader.open?.(localName(tag.name), attributes);
  });
  parser.on('text', (text) => reader.text?.(text));
  parser.on('cdata', (text) => reader.text?.(text));
  parser.on('closetag', (tag) => reader.close?.(localName(tag.name)));
  let decoder: StringDecoder | undefined;
  for await (const chunk of bytes) {
    decoder ??= new StringDecoder(encodingOf(chunk));
    parser.write(decoder.write(chunk));
    if (reader.isDone?.()) return;
  }
  if (decoder) parser.write(decoder.end());
  parser.close();
}

/** Parts are written in UTF-8 or, by few programs, in UTF-16. (ECMA-376-2, 8.1.1) */
function encodingOf(beginning: Buffer): 'utf8' | 'utf16le' {
  const [first, second] = beginning;
  return (first === 0xff && second === 0xfe) || (first === 0x3c && second === 0) ? 'utf16le' : 'utf8';
}

function withoutPrefixes(own: Record<string, string>): Record<string, string> {
  const names = Object.keys(own);
  if (!names.some((name) => name.includes(':'))) return own;
  const attributes: Record<string, string> = {};
  for (const name of names) {
    const value = own[name] ?? '';
    const local = localName(name);
    // Of `id` and `r:id` on one element each keeps its own: the latter is also read as `:id`.
    if (local === name || !Object.hasOwn(own, local)) attributes[local] = value;
    if (local !== name && local === 'id') attributes[':id'] = value;
  }
  return attributes;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
