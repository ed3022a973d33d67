import type { Archive } from './read-archive.ts';

/** What an archive really is, by a file that only such archives have, and what to do. */
const kinds: [file: RegExp, problem: string][] = [
  [/^visio\/document\.xml$/i, 'is a Visio drawing (.vsdx). Ask for it saved as PDF'],
  [/^FixedDocumentSequence\.fdseq$|^FixedDocSeq\.fdseq$/i, 'is an XPS document. Ask for it saved as PDF'],
  [/^META-INF\/MANIFEST\.MF$/, 'is a program (Java archive), no document'],
  [/^AndroidManifest\.xml$/, 'is a program (Android), no document'],
];

export function unreadableArchive(archive: Archive): string {
  const has = (pattern: RegExp) => archive.files.some((name) => pattern.test(name));
  const isApple = has(/^Index\/.*\.iwa$|^Index\.zip$|^index\.apxl(\.gz)?$|^index\.xml(\.gz)?$/);
  if (isApple) return appleKind(has);
  const known = kinds.find(([pattern]) => has(pattern));
  if (known) return known[1];
  const names = archive.files.filter((name) => !name.endsWith('/'));
  const some = names.slice(0, 3).join(', ');
  const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
  return `is an archive (zip) of other files: ${some}${more}. Unpack it and add the files themselves`;
}

/** Pages, Numbers and Keynote save the same kind of archive. */
function appleKind(has: (pattern: RegExp) => boolean): string {
  if (has(/^Index\/(Slide|MasterSlide|TemplateSlide)[^/]*\.iwa$|^index\.apxl/))
    return 'is a Keynote presentation. Ask for it exported as PowerPoint or PDF';
  if (has(/^Index\/CalculationEngine[^/]*\.iwa$/) && !has(/^Index\/(Section|DocumentMetadata-Pages)/))
    return 'is a Numbers spreadsheet. Ask for it exported as Excel or PDF';
  return 'is a Pages document. Ask for it exported as Word or PDF';
}
