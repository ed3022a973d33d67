import { crc32 } from 'node:zlib';

export interface ZipPart {
  name: string;
  data: Uint8Array;
}

/** Writes a zip archive of uncompressed parts: nothing in it can inflate. (Format: PKWARE APPNOTE 6.3, 4.3.) */
export function storedZip(parts: ZipPart[]): Buffer<ArrayBuffer> {
  const chunks: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const { name, data } of parts) {
    const nameBytes = Buffer.from(name);
    // Shared by both headers: flags (UTF-8 names), method 0, time, date, checksum, sizes, name length, no extra field.
    const shared = Buffer.alloc(26 - 2);
    shared.writeUInt16LE(0x0800, 0);
    shared.writeUInt32LE(crc32(data), 8);
    shared.writeUInt32LE(data.byteLength, 12);
    shared.writeUInt32LE(data.byteLength, 16);
    shared.writeUInt16LE(nameBytes.length, 20);
    const local = Buffer.concat([Buffer.from('504b03041400', 'hex'), shared, nameBytes]);
    const central = Buffer.alloc(14);
    central.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('504b010214001400', 'hex'), shared, central, nameBytes]));
    chunks.push(local, data);
    offset += local.length + data.byteLength;
  }
  const directorySize = directory.reduce((size, entry) => size + entry.byteLength, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(directorySize, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...chunks, ...directory, end]);
}
