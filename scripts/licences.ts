/** A part of a bill of materials in CycloneDX. */
export interface LicensedComponent {
  name: string;
  version?: string;
  licenses?: { license?: { id?: string; name?: string }; expression?: string }[];
}

/** Licences that let us ship the package as a part of Pinchy. */
const allowed = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  // Of its files alone, which we do not change.
  'MPL-2.0',
  'CC0-1.0',
  'Unlicense',
  // Of fonts.
  'OFL-1.1',
  'PostgreSQL',
  'Python-2.0',
  'Zlib',
]);

/** Packages that do not name their licence in the way npm reads; looked at by a person. */
const lookedAt = new Map([
  ['duck', 'BSD, as its package.json and README say'],
  ['khroma', 'MIT, as its file license says'],
]);

/** One sentence about a package that must not be shipped before somebody looked at its licence; nothing about others. */
export function describeLicenceProblem(component: LicensedComponent): string[] {
  const licence = licenceOf(component);
  if (isAllowed(licence) || lookedAt.has(component.name)) return [];
  return [`${component.name} ${component.version ?? ''} has the licence ${licence || '(none)'}`];
}

function licenceOf({ licenses = [] }: LicensedComponent): string {
  return licenses.map(({ license, expression }) => expression ?? license?.id ?? license?.name ?? '').join(' AND ');
}

/** Of a choice one is enough; of several together all count. */
function isAllowed(licence: string): boolean {
  return licence
    .replaceAll(/[()]/g, '')
    .split(' AND ')
    .every((part) => part.split(' OR ').some((choice) => allowed.has(choice.trim())));
}
