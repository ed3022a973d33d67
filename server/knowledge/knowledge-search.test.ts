import { describe, expect, test } from 'vitest';
import { type KnowledgeScene, setKnowledgeScene } from '../../test/knowledge/knowledge-scene.ts';
import { pdfWithPages, wordParagraph } from '../../test/files/file-fixtures.ts';
import { wordOf } from '../tools/files/office-fixtures.ts';

async function indexed(files: Record<string, string | Buffer>): Promise<KnowledgeScene> {
  const scene = await setKnowledgeScene(files);
  await scene.indexer.runPass();
  return scene;
}

async function firstPaths(scene: KnowledgeScene, queries: string[]): Promise<(string | undefined)[]> {
  const paths: (string | undefined)[] = [];
  for (const words of queries) paths.push((await scene.paths(words))[0]);
  return paths;
}

test('finds passages by words in other forms, and says where they stand', async () => {
  const scene = await indexed({
    '/data/hr/leave.md':
      '# Leave\n\nGeneral remarks.\n\n## Parental leave\n\nParents may take fourteen weeks of paid leave.\n',
    '/data/hr/travel.md': '# Travel\n\nTrains are booked in second class.\n',
  });
  const { passages, pending } = await scene.search('How many weeks can a parent take?');
  expect(pending).toBe(0);
  expect(passages[0]).toMatchObject({ path: '/data/hr/leave.md', place: 'line 5', heading: 'Leave › Parental leave' });
  expect(passages[0]?.text).toContain('fourteen weeks');
});

describe('a word is found', () => {
  const german = {
    '/data/hr/urlaub.txt': 'Der Anspruch auf Urlaub beträgt dreißig Tage im Jahr. Er verfällt nicht.',
    '/data/hr/kuendigung.txt': 'Die Frist der Kündigung beträgt drei Monate zum Ende eines Quartals.',
    '/data/hr/reisen.txt': 'Dienstreisen werden mit der Bahn in der zweiten Klasse unternommen.',
    '/data/hr/parken.txt': 'Der Parkplatz hinter dem Gebäude ist Gästen vorbehalten.',
  };

  test('of German, by its parts, without its accents and misspelt', async () => {
    const scene = await indexed(german);
    expect(await firstPaths(scene, ['Urlaubsanspruch', 'Kündigungsfrist', 'Kündigungsfristen', 'Kundigung'])).toEqual([
      '/data/hr/urlaub.txt',
      '/data/hr/kuendigung.txt',
      '/data/hr/kuendigung.txt',
      '/data/hr/kuendigung.txt',
    ]);
    expect(await firstPaths(scene, ['Kündigugn', 'dreissig', 'Bahnklasse', 'Parkplätze'])).toEqual([
      '/data/hr/kuendigung.txt',
      '/data/hr/urlaub.txt',
      '/data/hr/reisen.txt',
      '/data/hr/parken.txt',
    ]);
  });

  test('of a German compound, by its parts', async () => {
    const scene = await indexed({
      '/data/hr/a.txt': 'Der Urlaubsanspruch richtet sich nach dem Tarifvertrag.',
      '/data/hr/b.txt': 'Die Kantine öffnet um elf Uhr und schließt um vierzehn Uhr.',
      '/data/hr/c.txt': 'Die Kündigungsfrist steht im Arbeitsvertrag.',
    });
    expect((await scene.paths('Anspruch auf Urlaub'))[0]).toBe('/data/hr/a.txt');
    expect((await scene.paths('Frist der Kündigung'))[0]).toBe('/data/hr/c.txt');
  });

  const many = {
    '/data/hr/fr.txt': 'Les salariés ont droit à vingt-cinq jours de congés payés par année civile dans notre société.',
    '/data/hr/es.txt': 'Los empleados tienen derecho a veintidós días de vacaciones pagadas cada año natural.',
    '/data/hr/it.txt': 'I dipendenti hanno diritto a ventisei giorni di ferie retribuite ogni anno solare.',
    '/data/hr/nl.txt': 'Werknemers hebben recht op vijfentwintig betaalde vakantiedagen per kalenderjaar.',
    '/data/hr/pt.txt': 'Os trabalhadores têm direito a vinte e dois dias úteis de férias remuneradas em cada ano.',
    '/data/hr/da.txt': 'Medarbejderne har ret til femogtyve feriedage om året med fuld løn under ferien.',
    '/data/hr/fi.txt': 'Työntekijöillä on oikeus kolmenkymmenen päivän palkalliseen vuosilomaan jokaisena vuonna.',
    '/data/hr/ro.txt': 'Salariații au dreptul la un concediu de odihnă anual plătit de douăzeci și una de zile.',
    '/data/hr/tr.txt': 'Çalışanların her yıl on dört gün ücretli yıllık izin hakkı vardır ve devredilemez.',
    '/data/hr/ru.txt':
      'Работники имеют право на ежегодный оплачиваемый отпуск продолжительностью двадцать восемь дней.',
    '/data/hr/ja.txt': '従業員は毎年二十日間の有給休暇を取得する権利があります。申請は上司に提出してください。',
    '/data/hr/zh.txt': '员工每年享有十五天带薪年假。请提前两周向主管提交申请。',
    '/data/hr/ko.txt': '직원은 매년 십오일의 유급 휴가를 사용할 권리가 있습니다.',
    '/data/hr/th.txt': 'พนักงานมีสิทธิลาพักร้อนโดยได้รับค่าจ้างปีละสิบห้าวัน',
  };

  test('of any language', async () => {
    const scene = await indexed(many);
    const expected: [string, string][] = [
      ['salarié conge', '/data/hr/fr.txt'],
      ['empleado vacacion', '/data/hr/es.txt'],
      ['dipendente ferie', '/data/hr/it.txt'],
      ['werknemer vakantiedag', '/data/hr/nl.txt'],
      ['trabalhador ferias', '/data/hr/pt.txt'],
      ['medarbejder ferie', '/data/hr/da.txt'],
      ['työntekijä vuosiloma', '/data/hr/fi.txt'],
      ['salariat concediul', '/data/hr/ro.txt'],
      ['çalışan yıllık izni', '/data/hr/tr.txt'],
      ['отпуска работников', '/data/hr/ru.txt'],
      ['有給休暇', '/data/hr/ja.txt'],
      ['带薪年假', '/data/hr/zh.txt'],
      ['유급휴가', '/data/hr/ko.txt'],
      ['ลาพักร้อน', '/data/hr/th.txt'],
    ];
    const paths = await firstPaths(
      scene,
      expected.map(([words]) => words),
    );
    expect(paths).toEqual(expected.map(([, path]) => path));
  });

  test('as it is written', async () => {
    const scene = await indexed({
      '/data/hr/codes.txt': 'Spare part AB-1234/7 replaces AB-1233/7 since spring.',
      '/data/hr/iso.txt': 'The plant is certified by ISO-9001 and audited each year.',
      '/data/hr/amount.txt': 'Die Rechnung über 1.234,56 Euro ist am Monatsende fällig.',
      '/data/hr/budget_2026_final.txt': 'Figures of the coming year.',
      '/data/hr/mail.txt': 'Ask the help desk for an E-Mail address of your own.',
    });
    const expected: [string, string][] = [
      ['AB-1234/7', '/data/hr/codes.txt'],
      ['ab1234', '/data/hr/codes.txt'],
      ['ISO9001', '/data/hr/iso.txt'],
      ['iso 9001', '/data/hr/iso.txt'],
      ['1.234,56', '/data/hr/amount.txt'],
      ['budget_2026_final.txt', '/data/hr/budget_2026_final.txt'],
      ['email address', '/data/hr/mail.txt'],
    ];
    const paths = await firstPaths(
      scene,
      expected.map(([words]) => words),
    );
    expect(paths).toEqual(expected.map(([, path]) => path));
  });
});

test('what has nothing of a query but its common words is no result', async () => {
  const scene = await indexed({ '/data/hr/a.txt': 'What is in the box of the man is his, and how it is.' });
  expect((await scene.search('What is the capital of Nepal?')).passages).toEqual([]);
  expect((await scene.search('the of and')).passages).toHaveLength(1);
});

const headingStyle = '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>';

test('pages, sheets, slides and headings are the places of passages', async () => {
  const scene = await indexed({
    '/data/hr/report.pdf': pdfWithPages(['Turnover grew in the north.', 'Margins shrank in the south.']),
    '/data/hr/handbook.docx': wordOf(
      wordParagraph('Equipment', 'Heading1') + wordParagraph('Laptops are replaced every four years.'),
      { 'styles.xml': ['styles', headingStyle] },
    ),
  });
  const [page] = (await scene.search('margins of the south')).passages;
  expect(page).toMatchObject({ path: '/data/hr/report.pdf', place: 'page 2' });
  const [section] = (await scene.search('laptop replacement')).passages;
  expect(section).toMatchObject({ path: '/data/hr/handbook.docx', heading: 'Equipment' });
});

test('text in an older encoding is found as it is read', async () => {
  const text = 'Grüße aus München. Die Kündigungsfrist beträgt für alle Mitarbeiterinnen und Mitarbeiter drei Monate.';
  const scene = await indexed({ '/data/hr/alt.txt': Buffer.from(text, 'latin1') });
  expect((await scene.search('Frist der Kündigung')).passages).toMatchObject([{ path: '/data/hr/alt.txt', text }]);
});

test('searches one directory or one document when asked to', async () => {
  const scene = await indexed({
    '/data/hr/a/rules.txt': 'Lobsters are fed on Mondays.',
    '/data/hr/b/rules.txt': 'Lobsters are fed on Fridays.',
    '/data/hr/b/more.txt': 'Lobsters sleep on Sundays.',
  });
  expect((await scene.paths('lobster', { within: ['b'] })).sort()).toEqual([
    '/data/hr/b/more.txt',
    '/data/hr/b/rules.txt',
  ]);
  expect(await scene.paths('lobster', { within: ['b', 'more.txt'] })).toEqual(['/data/hr/b/more.txt']);
  expect(await scene.paths('lobster', { within: ['nowhere'] })).toEqual([]);
});

test('shows the same text once, and what is old lower', async () => {
  const text = (day: string) => `The canteen closes early on ${day}, as the lobsters are delivered.`;
  const scene = await indexed({
    '/data/hr/canteen v1.txt': `${text('Monday')} Lobsters, lobsters.`,
    '/data/hr/canteen v2.txt': text('Friday'),
    '/data/hr/copy/again.txt': text('Friday'),
    '/data/hr/Archiv/canteen.txt': `${text('Sunday')} Lobsters, lobsters, lobsters.`,
  });
  const { passages } = await scene.search('When are lobsters delivered?');
  expect(passages.map(({ text: one }) => /Monday|Friday|Sunday/.exec(one)?.[0])).toEqual([
    'Friday',
    'Monday',
    'Sunday',
  ]);
  Object.assign(scene.settings, { archiveFolders: [], supersededWeight: 1 });
  expect((await scene.search('When are lobsters delivered?')).passages[0]?.text).toContain('Sunday');
});

test('copies beyond number leave room for other passages', async () => {
  const copies = Object.fromEntries(
    Array.from({ length: 150 }, (_, index) => [
      `/data/hr/${index}/notice.txt`,
      'Lobsters, lobsters, lobsters for all.',
    ]),
  );
  const scene = await indexed({ ...copies, '/data/hr/other.txt': 'A single word about lobsters, among many others.' });
  expect((await scene.search('lobsters')).passages).toHaveLength(2);
});
