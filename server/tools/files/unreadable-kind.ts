/** What people call a type, and how its content could be had. */
interface Kind {
  types: RegExp;
  name: string;
  advice: string;
}

const asPicture = 'Ask for it saved as PNG, JPEG or PDF';
const unpacked = 'Ask for the files in it, unpacked';
const asText = 'There is no text in it to read';
const asTable = 'Ask for what is needed of it as .csv or .xlsx';

const kinds: Kind[] = [
  { types: /^image\/tiff$/, name: 'a TIFF picture', advice: asPicture },
  { types: /^image\/hei[cf]/, name: 'a HEIC picture of a phone', advice: asPicture },
  { types: /^image\/avif$/, name: 'an AVIF picture', advice: asPicture },
  { types: /^image\/bmp$/, name: 'a BMP picture', advice: asPicture },
  { types: /photoshop/, name: 'a Photoshop picture', advice: asPicture },
  { types: /dwg$/, name: 'an AutoCAD drawing (.dwg)', advice: 'Ask for it plotted as PDF' },
  { types: /^image\//, name: 'a picture of a kind that cannot be shown', advice: asPicture },
  { types: /indesign/, name: 'an InDesign document', advice: 'Ask for it exported as PDF' },
  { types: /postscript|eps$/, name: 'a PostScript document', advice: 'Ask for it saved as PDF' },
  { types: /x-rar/, name: 'a RAR archive', advice: unpacked },
  { types: /x-7z/, name: 'a 7-Zip archive', advice: unpacked },
  { types: /x-tar$/, name: 'a TAR archive', advice: unpacked },
  { types: /gzip$/, name: 'a gzip archive', advice: unpacked },
  {
    types: /bzip2|x-xz|zstd|lzip|x-lz4|x-lzh|x-arj|x-ace|x-compress|cab-compressed|cpio|x-unix-archive/,
    name: 'an archive',
    advice: unpacked,
  },
  { types: /apple-diskimage|iso9660/, name: 'a disk image', advice: unpacked },
  { types: /x-msdownload/, name: 'a Windows program (.exe or .dll)', advice: asText },
  { types: /x-elf|mach-binary|wasm|java-vm|x-deb|x-rpm/, name: 'a program, a binary file', advice: asText },
  { types: /ms-shortcut|apple\.alias/, name: 'a shortcut to another file', advice: 'Ask for that file itself' },
  { types: /ms-outlook/, name: "Outlook's data file (.pst)", advice: 'Ask for the messages saved as .eml or .msg' },
  { types: /ms-htmlhelp/, name: 'a Windows help file (.chm)', advice: 'Ask for it as PDF' },
  { types: /mobipocket/, name: 'a Kindle book', advice: 'Ask for it as EPUB or PDF' },
  { types: /sqlite|parquet|avro|arrow|x-spss|jmp/, name: 'a database or data file', advice: asTable },
  { types: /^audio\//, name: 'a sound recording', advice: 'Ask for a transcript' },
  { types: /^video\//, name: 'a video', advice: 'Ask for a transcript' },
  { types: /^font\/|fontobject/, name: 'a font', advice: asText },
  { types: /pgp/, name: 'encrypted with PGP', advice: 'Ask for it decrypted' },
];

/** Beginnings that file-type does not know. */
const beginnings: { bytes: Buffer; name: string; advice: string }[] = [
  {
    bytes: Buffer.from('789f3e22', 'hex'),
    name: "in Outlook's own format (winmail.dat)",
    advice: 'Ask the sender for the mail as HTML or plain text',
  },
  { bytes: Buffer.from('\0\x01\0\0Standard '), name: 'an Access database', advice: asTable },
  {
    bytes: Buffer.from('e4525c7b8cd8a74daeb15378d02996d3', 'hex'),
    name: 'a OneNote section (.one)',
    advice: 'Ask for it exported as PDF or Word',
  },
  { bytes: Buffer.from('AT&TFORM'), name: 'a DjVu scan', advice: 'Ask for it saved as PDF' },
];

/** Why a file cannot be read, and what to do: "is a RAR archive. Ask for the files in it, unpacked". */
export function unreadableReason(sample: Buffer, mediaType: string | undefined): string {
  const kind = beginningOf(sample) ?? kinds.find(({ types }) => mediaType !== undefined && types.test(mediaType));
  if (kind) return `is ${kind.name}. ${kind.advice}`;
  return `is a binary file${mediaType ? ` (${mediaType})` : ''} that cannot be shown as text`;
}

export function isKnownBinary(sample: Buffer): boolean {
  return beginningOf(sample) !== undefined;
}

function beginningOf(sample: Buffer) {
  return beginnings.find(({ bytes }) => sample.subarray(0, bytes.length).equals(bytes));
}
