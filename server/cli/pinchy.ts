#!/usr/bin/env node
import { Command } from 'commander';

const program = new Command('pinchy').description('A self-hosted platform on which a team uses AI agents safely');

// Every command is imported when it runs, so that none pays for the others.
program
  .command('start')
  .description('start the server')
  .action(async () => {
    const { startServer } = await import('../main.ts');
    await startServer();
  });

program
  .command('demo')
  .description('start a server full of samples, with a demo model, that keeps nothing')
  .action(async () => {
    const { startDemo } = await import('../demo/demo.ts');
    await startDemo();
  });

await program.parseAsync();
