import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { devicesOr } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';
import type { Visitor } from './visitor.ts';

const twenty = Array.from({ length: 20 }, (_, index) => ({
  name: `Richtlinie ${index + 1}.md`,
  content: `# Richtlinie ${index + 1}\n\nDer Urlaubsanspruch beträgt ${20 + index} Tage.`,
}));

describe.each(devicesOr('desktop'))('knowledge, on a $name', (device) => {
  let journey: Journey;
  let visitor: Visitor;
  const onDisk = (path: string) => join(journey.server.dataRoot, path);

  beforeAll(async () => {
    journey = await startJourney(device, { environment: { BACKGROUND_JOBS: '1' } });
    visitor = await journey.visit(journey.admin);
  });
  afterAll(() => journey?.close());

  test('begins empty, and a directory is made', async () => {
    const { page } = visitor;
    await page.goto('/usage');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await visitor.navigate('Knowledge');
    await page.getByText('No directories yet').waitFor();
    await visitor.checkAccessibility('knowledge, empty');
    await page.getByRole('button', { name: 'New directory' }).click();
    const dialog = page.getByRole('dialog', { name: 'New directory in /data' });
    await dialog.getByRole('button', { name: 'Make directory' }).click();
    await dialog.getByText('Enter a name.').waitFor();
    await dialog.getByLabel('Name of the directory').fill('Handbuch');
    await visitor.checkAccessibility('dialog: new directory');
    await dialog.getByRole('button', { name: 'Make directory' }).click();
    await page.getByRole('heading', { name: 'Handbuch' }).waitFor();
    await page.getByText('No documents directly in here yet.').waitFor();
    expect(existsSync(onDisk('Handbuch'))).toBe(true);
  });

  test('twenty documents are dropped, and are there to the byte', async () => {
    const { page } = visitor;
    await drop(page, twenty);
    await page.getByText('20 documents were added.').waitFor();
    await page.getByRole('list', { name: 'Documents' }).getByText('Richtlinie 20.md').waitFor();
    expect(readdirSync(onDisk('Handbuch'))).toHaveLength(20);
    for (const { name, content } of twenty) expect(readFileSync(onDisk(`Handbuch/${name}`), 'utf8')).toBe(content);
    await visitor.checkAccessibility('knowledge, with documents');
    await fits(page);
  });

  test('one that is there already waits for a decision, and what is hidden is left out', async () => {
    const { page } = visitor;
    const changed = { name: 'Richtlinie 1.md', content: 'Neu.' };
    await drop(page, [changed, { name: '.env', content: 'x' }, { name: 'Anlage.md', content: 'x' }]);
    await page.getByText('One document is there already').waitFor();
    await page.getByText('One hidden file was left out.').waitFor();
    await visitor.checkAccessibility('knowledge, with a document that exists');
    expect(readFileSync(onDisk('Handbuch/Richtlinie 1.md'), 'utf8')).not.toBe('Neu.');
    await page.getByRole('button', { name: 'Replace', exact: true }).click();
    await page.getByRole('dialog').getByText('removed for good').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Replace' }).click();
    await page.getByText('One document was added.').waitFor();
    expect(readFileSync(onDisk('Handbuch/Richtlinie 1.md'), 'utf8')).toBe('Neu.');
    expect(existsSync(onDisk('Handbuch/.env'))).toBe(false);
    // The browser notes the refusals itself.
    expect(visitor.problems.splice(0).every((problem) => problem.includes('409'))).toBe(true);
  });

  test('a folder keeps what it is made of', async () => {
    const { page } = visitor;
    const folder = join(journey.server.home, 'Verträge');
    mkdirSync(join(folder, '2026'), { recursive: true });
    writeFileSync(join(folder, '2026/Miete.md'), 'Die Kündigungsfrist beträgt drei Monate.');
    writeFileSync(join(folder, 'Liste.md'), 'Miete');
    await page.getByLabel('Choose a folder').setInputFiles(folder);
    await page.getByRole('link', { name: 'Verträge' }).click();
    await page.getByRole('heading', { name: 'Verträge' }).waitFor();
    await page.getByRole('link', { name: '2026' }).click();
    await page.getByRole('list', { name: 'Documents' }).getByText('Miete.md').waitFor();
    expect(readFileSync(onDisk('Handbuch/Verträge/2026/Miete.md'), 'utf8')).toContain('drei Monate');
    await visitor.checkAccessibility('knowledge, two levels down');
    await fits(page);
  });

  test('what was added becomes searchable, in German too; what cannot be read says why', async () => {
    const { page } = visitor;
    writeFileSync(onDisk('Handbuch/Kaputt.pdf'), '%PDF-1.4 and nothing else');
    await journey.createAgent('Auskunft', {
      templateId: 'knowledge-base',
      pluginConfig: { allowed_paths: ['/data/Handbuch'] },
    });
    await page.goto('/knowledge');
    const row = page.getByRole('list', { name: 'Directories' }).getByRole('listitem');
    await row.getByText(/^23 documents · .* one that cannot be read/).waitFor();
    await row.getByText('Ready').waitFor();
    await page.getByText(/^The index takes [\d.,]+ (?:kB|MB) in the database\.$/).waitFor();
    await page.getByText('/data/Handbuch/Kaputt.pdf').waitFor();
    await page.getByLabel('Look for').fill('Frist der Kündigung');
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    const found = page.getByRole('list', { name: 'Try a search' }).getByRole('listitem').first();
    await found.getByText('/data/Handbuch/Verträge/2026/Miete.md').waitFor();
    await found.getByText('Die Kündigungsfrist beträgt drei Monate.').waitFor();
    await visitor.checkAccessibility('knowledge, indexed and searched');
    await fits(page);
    await page.getByLabel('Look for').fill('Quantenchromodynamik');
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await page.getByText('Nothing was found.').waitFor();
    await page.getByRole('button', { name: 'Read Handbuch anew…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Read anew' }).click();
    await page.getByText('The documents are read anew.').waitFor();
  });

  test('how much old documents count is changed, and counts in the next search', async () => {
    const { page } = visitor;
    mkdirSync(onDisk('Handbuch/Abgelegt'));
    const sentence = (year: string) => `Die Kilometerpauschale beträgt seit ${year} dreißig Cent je Kilometer.`;
    writeFileSync(onDisk('Handbuch/Abgelegt/Reise.md'), sentence('2019'));
    writeFileSync(
      onDisk('Handbuch/Reise und Fahrtkosten im Außendienst.md'),
      `${sentence('2025')} Sie gilt auch im Außendienst.`,
    );
    const items = page.getByRole('list', { name: 'Try a search' }).getByRole('listitem');
    // Of nothing that was found there is no first one to wait for.
    const first = async () => (await items.allInnerTexts())[0] ?? '';
    await page.goto('/knowledge');
    await page.getByLabel('Look for').fill('Kilometerpauschale Cent');
    const search = async () => {
      await page.getByRole('button', { name: 'Search', exact: true }).click();
      return first();
    };
    // What indexes has the lowest priority: a busy machine lets it wait.
    await expect.poll(search, { timeout: 120_000, interval: 1_000 }).toContain('/Abgelegt/Reise.md');
    await page.getByRole('combobox', { name: 'Archive folders' }).fill('Abgelegt');
    await page.getByRole('combobox', { name: 'Archive folders' }).press('Enter');
    await page.getByRole('combobox', { name: 'What lies in an archive folder' }).click();
    await page.getByRole('option', { name: 'Keeps 20 % of its weight' }).click();
    await visitor.checkAccessibility('knowledge, the ranking is changed');
    await picture(page, 'ranking', device.name);
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('The ranking is saved').waitFor();
    await fits(page);
    await expect.poll(search, { timeout: 120_000, interval: 1_000 }).toContain('Außendienst.md');
    await page.reload();
    await page.getByText('Abgelegt', { exact: true }).waitFor();
    const { body } = await journey.admin.request('GET', '/api/settings/knowledge');
    expect(body).toMatchObject({ archivedWeight: 0.2, archiveFolders: expect.arrayContaining(['archiv', 'Abgelegt']) });
  }, 300_000);

  test('in German the page says in German why a document cannot be read', async () => {
    const german = await journey.visit(journey.admin);
    await german.page.addInitScript(() => localStorage.setItem('pinchy.language', 'de'));
    await german.page.goto('/knowledge');
    await german.page.getByText('/data/Handbuch/Kaputt.pdf').waitFor();
    await german.page.getByText(/^Der Index belegt [\d.,]+ (?:kB|MB) in der Datenbank\.$/).waitFor();
    await german.page.getByText('Es ist beschädigt. Öffnen Sie es in dem Programm').waitFor();
    await german.page.getByRole('heading', { name: 'Alte Dokumente' }).waitFor();
    await german.checkAccessibility('knowledge in German');
    await picture(german.page, 'german', device.name);
    await fits(german.page);
    await german.close();
  });

  test('an agent is given a directory below the first level, which brings what lies in it', async () => {
    const { page } = visitor;
    const agentId = await journey.createAgent('Archivar', { allowedTools: ['pinchy_ls', 'pinchy_read'] });
    await page.goto(`/agents/${agentId}/settings?tab=permissions`);
    await page.getByRole('button', { name: 'Directories in Handbuch' }).click();
    await page.getByRole('checkbox', { name: /^Verträge/ }).check();
    await page.getByText('Directories added: Handbuch/Verträge').waitFor();
    await page.getByRole('button', { name: 'Directories in Verträge' }).click();
    const below = page.getByRole('checkbox', { name: /^2026/ });
    await below.waitFor();
    await expect.poll(() => below.isChecked()).toBe(true);
    await expect.poll(() => below.isDisabled()).toBe(true);
    await page.getByText('comes with /data/Handbuch/Verträge').waitFor();
    await visitor.checkAccessibility('permissions, with a directory below');
    await fits(page);
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('Saved. It counts from the next answer.').first().waitFor();
    await page.reload();
    // What is chosen is shown without being looked for.
    await page.getByRole('checkbox', { name: /^Verträge/ }).waitFor();
    await expect.poll(() => page.getByRole('checkbox', { name: /^Verträge/ }).isChecked()).toBe(true);
    await page.getByRole('checkbox', { name: /^Handbuch/ }).check();
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('Saved. It counts from the next answer.').first().waitFor();
    const { body } = await journey.admin.request('GET', `/api/agents/${agentId}`);
    expect(body.pluginConfig.allowed_paths).toEqual(['/data/Handbuch']);
  });

  test('documents and directories go after a question that says who would miss them', async () => {
    const { page } = visitor;
    await page.goto('/knowledge?directory=%2Fdata%2FHandbuch');
    await page.getByRole('button', { name: 'Remove Anlage.md…' }).click();
    await page.getByRole('dialog').getByText('no agent finds it any more').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    expect(existsSync(onDisk('Handbuch/Anlage.md'))).toBe(true);
    await page.getByRole('button', { name: 'Remove Anlage.md…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove for good' }).click();
    await page.getByText('Anlage.md is removed').waitFor();
    expect(existsSync(onDisk('Handbuch/Anlage.md'))).toBe(false);
    await page.getByRole('navigation', { name: 'Path' }).getByRole('link', { name: 'All directories' }).click();
    await page.getByRole('button', { name: 'Remove Handbuch…' }).click();
    await page.getByRole('dialog').getByText('It is given to: Archivar and Auskunft.').waitFor();
    await visitor.checkAccessibility('dialog: remove a directory');
    await page.getByRole('dialog').getByRole('button', { name: 'Remove for good' }).click();
    await page.getByText('No directories yet').waitFor();
    expect(existsSync(onDisk('Handbuch'))).toBe(false);
    expect(journey.problems()).toEqual([]);
  });
});

/** As somebody drops files from their desktop. */
async function drop(page: Page, files: { name: string; content: string }[]): Promise<void> {
  const dataTransfer = await page.evaluateHandle((dropped) => {
    const transfer = new DataTransfer();
    for (const { name, content } of dropped) transfer.items.add(new File([content], name));
    return transfer;
  }, files);
  const zone = page.getByText('Drop files or folders anywhere');
  for (const event of ['dragenter', 'dragover', 'drop']) await zone.dispatchEvent(event, { dataTransfer });
}

/** For whoever wants to look at it. */
async function picture(page: Page, name: string, device: string): Promise<void> {
  const directory = process.env['SCREENSHOTS'];
  if (directory) await page.screenshot({ path: join(directory, `knowledge-${name}-${device}.png`), fullPage: true });
}

async function fits(page: Page): Promise<void> {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
}
