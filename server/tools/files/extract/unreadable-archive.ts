import { UnreadableDocument } from './document.ts';
import type { Archive } from './read-archive.ts';

/** What an archive really is, by a file that only such archives have, and what to do. */
const kinds: { file: RegExp; problem: string }[] = [
  { file: /^visio\/document\.xml$/i, problem: 'is a Visio drawing (.vsdx). Ask for it saved as PDF' },
  {
    file: /^FixedDocumentSequence\.fdseq$|^FixedDocSeq\.fdseq$/i,
    problem: 'is an XPS document. Ask for it saved as PDF',
  },
  { file: /^META-INF\/MANIFEST\.MF$/, problem: 'is a program (Java archive), no document' },
  { file: /^AndroidManifest\.xml$/, problem: 'is a program (Android), no document' },
];

export function unreadableArchive(archive: Archive): UnreadableDocument {
  const has = (pattern: RegExp) => archive.files.some((name) => pattern.test(name));
  const isApple = has(/^Index\/.*\.iwa$|^Index\.zip$|^index\.apxl(\.gz)?$|^index\.xml(\.gz)?$/);
  if (isApple) return appleKind(has);
  const known = kinds.find(({ file }) => has(file));
  if (known) return new UnreadableDocument(known.problem);
  const names = archive.files.filter((name) => !name.endsWith('/'));
  const some = names.slice(0, 3).join(', ');
  const more = names.length - 3;
  return new UnreadableDocument(
    more > 0
      ? `is an archive (zip) of other files: ${some} and ${more} more. Unpack it and add the files themselves`
      : `is an archive (zip) of other files: ${some}. Unpack it and add the files themselves`,
  );
}

/** Pages, Numbers and Keynote save the same kind of archive. */
function appleKind(has: (pattern: RegExp) => boolean): UnreadableDocument {
  if (has(/^Index\/(Slide|MasterSlide|TemplateSlide)[^/]*\.iwa$|^index\.apxl/))
    return new UnreadableDocument('is a Keynote presentation. Ask for it exported as PowerPoint or PDF');
  if (has(/^Index\/CalculationEngine[^/]*\.iwa$/) && !has(/^Index\/(Section|DocumentMetadata-Pages)/))
    return new UnreadableDocument('is a Numbers spreadsheet. Ask for it exported as Excel or PDF');
  return new UnreadableDocument('is a Pages document. Ask for it exported as Word or PDF');
}
