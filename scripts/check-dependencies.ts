import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeLicenceProblem, type LicensedComponent } from './licences.ts';

// Writes the bill of materials of what ships (CycloneDX, .cache/sbom.cdx.json), and fails on a licence that was not
// looked at or a known vulnerability of a high degree. Where the registry does not answer audits, it says so.

const root = join(import.meta.dirname, '..');
const auditTimeoutMs = 15_000;

function npm(args: string[], timeout = 60_000): Promise<string> {
  return new Promise((resolve) => {
    const options = { cwd: root, timeout, maxBuffer: 64 * 1024 * 1024 };
    // A finding makes npm end with an error, and still say what it found.
    execFile('npm', args, options, (_error, stdout) => resolve(stdout));
  });
}

async function examineLicences(): Promise<string[]> {
  const text = await npm(['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev']);
  const { components = [] } = JSON.parse(text) as { components?: LicensedComponent[] };
  await mkdir(join(root, '.cache'), { recursive: true });
  await writeFile(join(root, '.cache', 'sbom.cdx.json'), text);
  console.log(`${components.length} packages in .cache/sbom.cdx.json`);
  return components.flatMap(describeLicenceProblem);
}

async function findVulnerabilities(): Promise<string[]> {
  const text = await npm(['audit', '--omit=dev', '--json'], auditTimeoutMs);
  let answer: { metadata?: { vulnerabilities?: Record<string, number> } } = {};
  try {
    answer = JSON.parse(text) as typeof answer;
  } catch {
    // No answer at all is told below, as one that is no audit.
  }
  const found = answer.metadata?.vulnerabilities;
  if (!found) {
    console.log('The registry does not answer audits here: known vulnerabilities were not looked for.');
    return [];
  }
  const { high = 0, critical = 0 } = found;
  return high + critical > 0 ? [`npm audit knows ${high} high and ${critical} critical vulnerabilities`] : [];
}

const problems = [...(await examineLicences()), ...(await findVulnerabilities())];
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
