import { burn, type Entry } from '@kenjiuno/msgreader/lib/Burner.js';

type Value = string | Uint8Array | number | Folder;
/** Streams by their property (`0037001F`), folders by their name. */
interface Folder {
  [name: string]: Value;
}

const directory = 1;
const stream = 2;
const root = 5;

/** For tests: an Outlook message of these properties. (Format: MS-OXMSG, 2.) */
export function outlookMessage(properties: Folder): Buffer {
  const entries: Entry[] = [{ name: 'Root Entry', type: root, length: 0, children: [] }];
  add(entries, 0, properties, 32);
  return Buffer.from(burn(entries));
}

function add(entries: Entry[], parent: number, folder: Folder, headBytes: number): void {
  const place = (entry: Entry) => {
    entries[parent]?.children?.push(entries.length);
    entries.push(entry);
    return entries.length - 1;
  };
  const fixed: Buffer[] = [Buffer.alloc(headBytes)];
  for (const [name, value] of Object.entries(folder)) {
    if (typeof value === 'number') fixed.push(fixedProperty(name, value));
    else if (typeof value === 'string' || value instanceof Uint8Array) {
      // Its own memory: the writer looks past a view.
      const data = Uint8Array.from(typeof value === 'string' ? Buffer.from(value, 'utf16le') : value);
      place({ name: `__substg1.0_${name}`, type: stream, length: data.length, binaryProvider: () => data });
    } else {
      const index = place({ name, type: directory, length: 0, children: [] });
      add(entries, index, value, name.startsWith('__substg') ? 24 : 8);
    }
  }
  const data = Uint8Array.from(Buffer.concat(fixed));
  place({ name: '__properties_version1.0', type: stream, length: data.length, binaryProvider: () => data });
}

function fixedProperty(tag: string, value: number): Buffer {
  const property = Buffer.alloc(16);
  property.writeUInt32LE(Number.parseInt(tag, 16), 0);
  property.writeUInt32LE(6, 4);
  property.writeUInt32LE(value, 8);
  return property;
}
