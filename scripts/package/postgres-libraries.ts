/** Of what PostgreSQL's package brings beside PostgreSQL; their licence texts are in postgres-licences.txt. */
interface NativeLibrary {
  name: string;
  /** The file that carries it, for the case that a platform's package has it not. */
  file: RegExp;
  licence: { id: string } | { name: string };
  /** Where the library's own text says which version it is. */
  version: RegExp;
}

export const postgresLibraries: NativeLibrary[] = [
  { name: 'openssl', file: /\/libcrypto\./, licence: { id: 'OpenSSL' }, version: /OpenSSL (\d+\.\d+\.\d+[a-z]*)/ },
  { name: 'icu', file: /\/libicudata\./, licence: { id: 'ICU' }, version: /icudt(\d+)/ },
  { name: 'libxml2', file: /\/libxml2\./, licence: { id: 'MIT' }, version: /(2)(\d\d)(\d\d)\0+xml/ },
  { name: 'zlib', file: /\/libz\./, licence: { id: 'Zlib' }, version: /deflate (\d+\.\d+(?:\.\d+)*)/ },
  { name: 'liblzma', file: /\/liblzma\./, licence: { name: 'Public domain' }, version: /\0(5\.\d+\.\d+)\0/ },
];

/** The version that a library's file names itself; undefined where it names none. */
export function readLibraryVersion(library: NativeLibrary, content: Buffer): string | undefined {
  const [, ...parts] = library.version.exec(content.toString('latin1')) ?? [];
  // libxml2 writes 2.9.4 as 20904.
  return parts.length > 0 ? parts.map((part) => part.replace(/^0(?=\d)/, '')).join('.') : undefined;
}
