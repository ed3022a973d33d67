import { describe, expect, test } from 'vitest';
import { type KnownPeople, readInviteList, readListFile } from './read-invite-list.ts';

const sales = { id: 'g1', name: 'Sales' };
const support = { id: 'g2', name: 'Support & Care' };
const known: KnownPeople = {
  users: [
    { email: 'here@example.com', banned: false },
    { email: 'gone@example.com', banned: true },
  ],
  invites: [
    { email: 'open@example.com', status: 'pending' },
    { email: 'late@example.com', status: 'expired' },
  ],
  groups: [sales, support],
  isLicensed: true,
};
const read = (text: string, more: Partial<KnownPeople> = {}) => readInviteList(text, { ...known, ...more });
const people = (text: string) =>
  read(text).map(({ email, name, role, groups }) => [email, name, role, groups.map((group) => group.name).join('+')]);
const problems = (text: string, more: Partial<KnownPeople> = {}) =>
  read(text, more).flatMap((row) => row.problems.map(({ code, value }) => `${row.line} ${code} ${value}`.trim()));

describe('the people of a list', () => {
  const expected = [
    ['ada@example.com', 'Ada Lovelace', 'admin', 'Sales+Support & Care'],
    ['bo@example.com', 'Bo, jr.', 'member', ''],
  ];

  test.each([
    [
      'commas',
      'email,name,role,groups\nada@example.com,Ada Lovelace,admin,Sales|Support & Care\nbo@example.com,"Bo, jr.",,',
    ],
    [
      'semicolons and German',
      'E-Mail;Name;Rolle;Gruppen\r\nAda@Example.com;Ada Lovelace;Administratorin;"Sales; support & care"\r\nbo@example.com;Bo, jr.;Mitglied;\r\n',
    ],
    [
      'tabs',
      'Groups\tRole\tName\tEmail\nSales, Support & Care\tadmin\tAda Lovelace\tada@example.com\n\tmember\tBo, jr.\tbo@example.com',
    ],
    [
      'a mark, blanks and empty lines',
      '\uFEFF email , name , role , groups \n\n ada@example.com , Ada Lovelace , ADMIN , sales | SUPPORT & CARE \n,,,\n bo@example.com ,"Bo, jr.", user ,\n',
    ],
    ['no headings', 'ada@example.com;Ada Lovelace;admin;Sales|Support & Care\nbo@example.com;Bo, jr.'],
    ['the address elsewhere', 'Ada Lovelace;ada@example.com;admin;Sales|Support & Care\nBo, jr.;bo@example.com;member'],
    [
      'columns that say nothing',
      'id,e-mail,department,name,role,groups\n1,ada@example.com,R&D,Ada Lovelace,admin,Sales|Support & Care\n2,bo@example.com,R&D,"Bo, jr.",,',
    ],
  ])('with %s', (_what, text) => {
    expect(people(text)).toEqual(expected);
    expect(problems(text)).toEqual([]);
  });

  test('may be plain addresses, as mail programs write them', () => {
    expect(people('Ada Lovelace <ada@example.com>, bo@example.com, "Cy" <cy@example.com>')).toEqual([
      ['ada@example.com', 'Ada Lovelace', 'member', ''],
      ['bo@example.com', '', 'member', ''],
      ['cy@example.com', 'Cy', 'member', ''],
    ]);
    expect(people('ada@example.com\nbo@example.com')).toHaveLength(2);
    expect(people('ada@example.com\n"never closed@example.com')).toHaveLength(2);
    expect(read('')).toEqual([]);
  });
});

test('what is wrong is told for each row, with its line, and all at once', () => {
  const text = [
    'email,name,role,groups',
    'nobody,Ada,member,',
    ',Ada,member,',
    'ada@example.com,Ada,owner,Sales|Marketing',
    'ADA@example.com,Ada,member,',
    'here@example.com,,,',
    'Gone@Example.com,,,',
    `long@example.com,${'x'.repeat(101)},,`,
    'fine@example.com,Fine,,',
  ].join('\n');
  expect(problems(text)).toEqual([
    '2 emailInvalid nobody',
    '3 emailMissing',
    '4 roleUnknown owner',
    '4 groupUnknown Marketing',
    '5 duplicate 4',
    '6 hasAccount',
    '7 deactivated',
    '8 nameInvalid',
  ]);
});

test('groups need a licence, and are not looked for without one', () => {
  const none = { groups: [], isLicensed: false };
  expect(problems('email,groups\nada@example.com,Sales|Nowhere', none)).toEqual(['2 groupsUnlicensed']);
});

test('an open invitation is noted, an expired one is not', () => {
  expect(read('open@example.com\nlate@example.com').map(({ isInvited }) => isInvited)).toEqual([true, false]);
});

test('files are read as spreadsheets write them', async () => {
  const text = 'email;name\nzoe@example.com;Zoë Müller';
  const latin = Uint8Array.from(text, (character) => character.charCodeAt(0));
  const utf16 = new Uint8Array([0xff, 0xfe, ...Buffer.from(text, 'utf16le')]);
  for (const bytes of [new TextEncoder().encode(text), latin, utf16])
    expect(await readListFile(new Blob([bytes]))).toBe(text);
});
