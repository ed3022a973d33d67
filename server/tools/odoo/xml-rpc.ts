import { SaxesParser } from 'saxes';

/** What XML-RPC answers a call with: http://xmlrpc.com/spec.md */
export type XmlRpcAnswer = { result: unknown } | { fault: { code: number; text: string } };

/** Odoo's own answers stay below ten. */
const deepest = 100;

/** The body of a call. Empty values become `nil`, which Odoo reads. */
export function encodeXmlRpcCall(method: string, parameters: unknown[]): string {
  const params = parameters.map((parameter) => `<param>${encode(parameter)}</param>`).join('');
  return `<?xml version="1.0"?><methodCall><methodName>${escape(method)}</methodName><params>${params}</params></methodCall>`;
}

function encode(value: unknown): string {
  return `<value>${encodeBare(value)}</value>`;
}

function encodeBare(value: unknown): string {
  if (value === null || value === undefined) return '<nil/>';
  if (typeof value === 'boolean') return `<boolean>${value ? 1 : 0}</boolean>`;
  if (typeof value === 'number') {
    if (!Number.isInteger(value)) return `<double>${value}</double>`;
    return value === (value | 0) ? `<int>${value}</int>` : `<i8>${value}</i8>`;
  }
  if (Array.isArray(value)) return `<array><data>${value.map(encode).join('')}</data></array>`;
  if (typeof value === 'object') {
    const members = Object.entries(value).map(
      ([name, member]) => `<member><name>${escape(name)}</name>${encode(member)}</member>`,
    );
    return `<struct>${members.join('')}</struct>`;
  }
  return `<string>${escape(String(value))}</string>`;
}

/** XML 1.0 has no way to write most control characters, and none for lone surrogates. */
const escape = (text: string): string =>
  text
    .toWellFormed()
    // oxlint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    // A parser would read a carriage return as a line feed.
    .replaceAll('\r', '&#13;');

/** Reads an answer. Throws an Error for anything that is none. */
export function decodeXmlRpcAnswer(xml: string): XmlRpcAnswer {
  const reader = createReader();
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name }) => reader.open(name));
  parser.on('text', (text) => reader.text(text));
  parser.on('cdata', (text) => reader.text(text));
  parser.on('closetag', ({ name }) => reader.close(name));
  parser.write(xml).close();
  return reader.answer();
}

/** A value that is being read. */
interface Slot {
  type: string | undefined;
  text: string;
  items: unknown[];
  members: [string, unknown][];
  name: string;
}

function createReader() {
  const slots: Slot[] = [];
  let root: string | undefined;
  let isFault = false;
  let taking: 'name' | 'text' | undefined;
  let found: { value: unknown } | undefined;

  return {
    open(name: string): void {
      root ??= name;
      taking = undefined;
      const slot = slots.at(-1);
      if (name === 'fault') isFault = true;
      else if (name === 'value') {
        if (slots.length >= deepest) throw new Error('The answer is nested too deeply.');
        slots.push({ type: undefined, text: '', items: [], members: [], name: '' });
        taking = 'text';
      } else if (name === 'name' && slot) {
        slot.name = '';
        taking = 'name';
      } else if (slot && slot.type === undefined && name !== 'data' && name !== 'member') {
        slot.type = name;
        slot.text = '';
        taking = 'text';
      }
    },
    text(text: string): void {
      const slot = slots.at(-1);
      if (slot && taking === 'name') slot.name += text;
      else if (slot && taking === 'text') slot.text += text;
    },
    close(name: string): void {
      taking = undefined;
      if (name !== 'value') return;
      const value = valueOf(slots.pop() as Slot);
      const parent = slots.at(-1);
      if (!parent) found ??= { value };
      else if (parent.type === 'array') parent.items.push(value);
      else parent.members.push([parent.name, value]);
    },
    answer(): XmlRpcAnswer {
      if (root !== 'methodResponse' || !found) throw new Error('This is no answer to a call.');
      if (!isFault) return { result: found.value };
      const { faultCode, faultString } = found.value as { faultCode?: unknown; faultString?: unknown };
      return { fault: { code: Number(faultCode), text: String(faultString ?? '') } };
    },
  };
}

function valueOf({ type, text, items, members }: Slot): unknown {
  switch (type) {
    case undefined:
    case 'string':
    case 'dateTime.iso8601':
      return text;
    // As JSON has it: binary content stays the Base64 that it is.
    case 'base64':
      return text.replace(/\s/g, '');
    case 'nil':
      return null;
    case 'boolean':
      return text.trim() === '1';
    case 'int':
    case 'i4':
    case 'i8':
    case 'double': {
      const number = Number(text);
      if (text.trim() === '' || !Number.isFinite(number)) throw new Error('The answer has a number that is none.');
      return number;
    }
    case 'array':
      return items;
    case 'struct':
      return Object.fromEntries(members);
    default:
      throw new Error(`XML-RPC has no type ${type.slice(0, 50)}.`);
  }
}
