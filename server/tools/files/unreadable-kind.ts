import type { UnreadableCode } from '../../../contract/unreadable-codes.ts';

/** What a file of a type is, said after its name, and how its content could be had. */
interface Kind {
  types: RegExp;
  problem: string;
  advice: string;
  code: UnreadableCode;
}

const asPicture = { advice: 'Ask for it saved as PNG, JPEG or PDF', code: 'picture' } as const;
const unpacked = { advice: 'Ask for the files in it, unpacked', code: 'archive' } as const;
const asText = { advice: 'There is no text in it to read', code: 'program' } as const;
const asTable = { advice: 'Ask for what is needed of it as .csv or .xlsx', code: 'data_file' } as const;

const kinds: Kind[] = [
  { types: /^image\/tiff$/, problem: 'is a TIFF picture', ...asPicture },
  { types: /^image\/hei[cf]/, problem: 'is a HEIC picture of a phone', ...asPicture },
  { types: /^image\/avif$/, problem: 'is an AVIF picture', ...asPicture },
  { types: /^image\/bmp$/, problem: 'is a BMP picture', ...asPicture },
  { types: /photoshop/, problem: 'is a Photoshop picture', ...asPicture },
  { types: /dwg$/, problem: 'is an AutoCAD drawing (.dwg)', advice: 'Ask for it plotted as PDF', code: 'needs_export' },
  { types: /^image\//, problem: 'is a picture of a kind that cannot be shown', ...asPicture },
  { types: /indesign/, problem: 'is an InDesign document', advice: 'Ask for it exported as PDF', code: 'needs_export' },
  {
    types: /postscript|eps$/,
    problem: 'is a PostScript document',
    advice: 'Ask for it saved as PDF',
    code: 'needs_export',
  },
  { types: /x-rar/, problem: 'is a RAR archive', ...unpacked },
  { types: /x-7z/, problem: 'is a 7-Zip archive', ...unpacked },
  { types: /x-tar$/, problem: 'is a TAR archive', ...unpacked },
  { types: /gzip$/, problem: 'is a gzip archive', ...unpacked },
  {
    types: /bzip2|x-xz|zstd|lzip|x-lz4|x-lzh|x-arj|x-ace|x-compress|cab-compressed|cpio|x-unix-archive/,
    problem: 'is an archive',
    ...unpacked,
  },
  { types: /apple-diskimage|iso9660/, problem: 'is a disk image', ...unpacked },
  { types: /x-msdownload/, problem: 'is a Windows program (.exe or .dll)', ...asText },
  { types: /x-elf|mach-binary|wasm|java-vm|x-deb|x-rpm/, problem: 'is a program, a binary file', ...asText },
  {
    types: /ms-shortcut|apple\.alias/,
    problem: 'is a shortcut to another file',
    advice: 'Ask for that file itself',
    code: 'shortcut',
  },
  {
    types: /ms-outlook/,
    problem: "is Outlook's data file (.pst)",
    advice: 'Ask for the messages saved as .eml or .msg',
    code: 'mail_store',
  },
  { types: /ms-htmlhelp/, problem: 'is a Windows help file (.chm)', advice: 'Ask for it as PDF', code: 'needs_export' },
  { types: /mobipocket/, problem: 'is a Kindle book', advice: 'Ask for it as EPUB or PDF', code: 'needs_export' },
  { types: /sqlite|parquet|avro|arrow|x-spss|jmp/, problem: 'is a database or data file', ...asTable },
  { types: /^audio\//, problem: 'is a sound recording', advice: 'Ask for a transcript', code: 'recording' },
  { types: /^video\//, problem: 'is a video', advice: 'Ask for a transcript', code: 'recording' },
  { types: /^font\/|fontobject/, problem: 'is a font', ...asText },
  { types: /pgp/, problem: 'is encrypted with PGP', advice: 'Ask for it decrypted', code: 'protected' },
];

/** Beginnings that file-type does not know. */
const beginnings: (Omit<Kind, 'types'> & { bytes: Buffer })[] = [
  {
    bytes: Buffer.from('789f3e22', 'hex'),
    problem: "is in Outlook's own format (winmail.dat)",
    advice: 'Ask the sender for the mail as HTML or plain text',
    code: 'mail_store',
  },
  { bytes: Buffer.from('\0\x01\0\0Standard '), problem: 'is an Access database', ...asTable },
  {
    bytes: Buffer.from('e4525c7b8cd8a74daeb15378d02996d3', 'hex'),
    problem: 'is a OneNote section (.one)',
    advice: 'Ask for it exported as PDF or Word',
    code: 'needs_export',
  },
  {
    bytes: Buffer.from('AT&TFORM'),
    problem: 'is a DjVu scan',
    advice: 'Ask for it saved as PDF',
    code: 'needs_export',
  },
];

/** Why a file cannot be read, and what to do: "is a RAR archive. Ask for the files in it, unpacked". */
export function unreadableReason(
  sample: Buffer,
  mediaType: string | undefined,
): { reason: string; code: UnreadableCode } {
  const kind = beginningOf(sample) ?? kinds.find(({ types }) => mediaType !== undefined && types.test(mediaType));
  if (kind) return { reason: `${kind.problem}. ${kind.advice}`, code: kind.code };
  const reason = `is a binary file${mediaType ? ` (${mediaType})` : ''} that cannot be shown as text`;
  return { reason, code: 'unsupported' };
}

export function isKnownBinary(sample: Buffer): boolean {
  return beginningOf(sample) !== undefined;
}

function beginningOf(sample: Buffer) {
  return beginnings.find(({ bytes }) => sample.subarray(0, bytes.length).equals(bytes));
}
