#!/usr/bin/env node
import { Command, InvalidArgumentError } from 'commander';
import { AppError, StartError } from '../platform/errors.ts';
import { counted } from '../platform/counted.ts';

const program = new Command('pinchy')
  .description('A self-hosted platform on which a team uses AI agents safely')
  .showHelpAfterError('Try --help.');

// Every command is imported when it runs, so that none pays for the others.
program
  .command('start')
  .description('start the server')
  .action(async () => {
    const { startServer } = await import('../main.ts');
    await startServer();
  });

// Started by `start` itself, for each further process on its port.
program.command('join', { hidden: true }).action(async () => {
  const { joinServer } = await import('../main.ts');
  await joinServer();
});

program
  .command('demo')
  .description('start a server full of samples, with a demo model, that keeps nothing')
  .action(async () => {
    const { startDemo } = await import('../demo/demo.ts');
    await startDemo();
  });

program
  .command('openclaw')
  .description('install and run an OpenClaw Gateway for the agents, with Pinchy as its only source of tools')
  .action(() =>
    orExplain(async () => {
      const { runGateway } = await import('./openclaw/run-gateway.ts');
      await runGateway(process.env);
    }),
  );

program
  .command('backup')
  .description('write the database, the workspaces and the keys into one file (.tar.gz), also while the server runs')
  .argument('<file>')
  .action((file: string) =>
    orExplain(async () => {
      const { createBackup } = await import('./backup/create-backup.ts');
      const { rows, files } = await createBackup({ environment: process.env, file });
      process.stdout.write(
        `${file} holds ${counted(rows, 'database row', 'database rows')} and ${counted(files, 'file', 'files')}.\n`,
      );
      process.stderr.write('It also holds the encryption keys: whoever has the file can read everything in it.\n');
    }),
  );

program
  .command('restore')
  .description('replace everything by a backup; the server must be stopped')
  .argument('<file>')
  .option('--yes', 'replace what is there without asking')
  .action((file: string, options: { yes?: true }) =>
    orExplain(async () => {
      const { restoreBackup } = await import('./backup/restore-backup.ts');
      const { confirmOnTerminal } = await import('./confirm.ts');
      const confirm = options.yes ? async () => true : confirmOnTerminal;
      const result = await restoreBackup({ environment: process.env, file, confirm });
      process.stdout.write(
        `Restored the backup of ${result.createdAt}, with ${result.auditEntries} audit entries. Everyone signs in again.\n`,
      );
      if (result.auditValid) return;
      process.stderr.write('The audit trail in this backup does not verify: see Audit in the web app.\n');
    }),
  );

program
  .command('doctor')
  .description('say what is well and what is not, without secrets, and end with 1 if something is wrong')
  .option('--json', 'for programs')
  .action((options: { json?: true }) =>
    orExplain(async () => {
      const { examineInstallation } = await import('./doctor/doctor.ts');
      const { writeReport } = await import('./doctor/write-report.ts');
      const report = await examineInstallation(process.env);
      process.stdout.write(options.json ? `${JSON.stringify(report, undefined, 2)}\n` : writeReport(report));
      if (report.health === 'wrong') process.exitCode = 1;
    }),
  );

program
  .command('domain')
  .description('the domain that Pinchy is locked to')
  .command('reset')
  .description('clear the lock, so that Pinchy is reachable under every host again')
  .action(() =>
    orExplain(async () => {
      const { withServices } = await import('./open-database.ts');
      const domain = await withServices(process.env, (services) => services.domain.resetFromShell());
      process.stdout.write(domain ? `Pinchy is no longer locked to ${domain}.\n` : 'No domain was locked.\n');
    }),
  );

program
  .command('admin')
  .description('accounts')
  .command('reset-password')
  .description('set a new random password, and end all sessions of the account')
  .argument('<email>')
  .action((email: string) =>
    orExplain(async () => {
      const { withServices } = await import('./open-database.ts');
      const password = await withServices(process.env, ({ accounts }) => accounts.resetPasswordFromShell(email));
      process.stdout.write(`${password}\n`);
      process.stderr.write(`This is the new password of ${email}. Change it after signing in.\n`);
    }),
  );

const license = program.command('license').description('licence keys');
license
  .command('keygen')
  .description('make an Ed25519 key pair (PEM)')
  .option('--out <directory>', 'write license-private.pem and license-public.pem there')
  .action((options: { out?: string }) =>
    orExplain(async () => {
      const { keygen } = await import('./licence-commands.ts');
      process.stdout.write(await keygen(options));
    }),
  );
license
  .command('issue')
  .description('sign a licence key')
  .requiredOption('--org <name>', 'the organisation')
  .requiredOption('--seats <number>', 'users and pending invites; 0 is unlimited', wholeNumber)
  .requiredOption('--days <number>', 'valid for so many days from now', wholeNumber)
  .option('--trial', 'a trial licence')
  .option('--private-key <file>', 'the private key in PEM; without it, standard input')
  .action((options: { org: string; seats: number; days: number; trial?: true; privateKey?: string }) =>
    orExplain(async () => {
      const { issue } = await import('./licence-commands.ts');
      process.stdout.write(await issue(options));
    }),
  );

function wholeNumber(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(value);
}

/** What a person can mend is one sentence and exit code 1; anything else is a fault of ours and shows its stack. */
async function orExplain(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof StartError || error instanceof AppError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

await program.parseAsync();
