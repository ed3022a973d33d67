import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Import, readImports } from './import-graph.ts';

// Each feature is built the same way: routes → service → policy, queries, presenter. docs/architecture.md says what belongs where.

/** Statements are built in `*.queries.ts` only. These still do it themselves; the list may only get shorter. */
const buildsStatements: readonly string[] = [
  // Gives the tables to the library, which makes its own statements.
  'server/features/auth/better-auth.ts',
  'server/chat/channel-access.ts',
  'server/chat/conversations/begin-conversation.ts',
  'server/chat/conversations/branches.ts',
  'server/chat/conversations/conversation.service.ts',
  'server/chat/conversations/delete-conversations.ts',
  'server/chat/conversations/find-conversation.ts',
  'server/chat/conversations/find-sources.ts',
  'server/chat/conversations/message-pages.ts',
  'server/chat/conversations/message-sources.ts',
  'server/chat/conversations/open-runs.ts',
  'server/chat/conversations/read-conversation.ts',
  'server/chat/conversations/search-conversations.ts',
  'server/chat/replicas/run-takeover.ts',
  'server/chat/runs/abort-conversation.ts',
  'server/chat/runs/accept-message.ts',
  'server/chat/runs/branch-conversation.ts',
  'server/chat/runs/local-runs.ts',
  'server/chat/runs/message-writer.ts',
  'server/chat/runs/run-request.ts',
  'server/chat/runs/run-store.ts',
];

const isTest = (file: string) => /\.test\.tsx?$/.test(file);
const isQueries = (file: string) => file.endsWith('.queries.ts');
const isSchema = (file: string) => file.startsWith('server/db/schema/');

interface Sources {
  imports: Import[];
  /** Files below server/ with their text. */
  files: ReadonlyMap<string, string>;
}

/** What of the server is not built as the architecture says, one sentence each. */
export function findFeatureProblems(root: string, allowed = buildsStatements): string[] {
  const paths = globSync('server/**/*.ts', { cwd: root }).filter((file) => !isTest(file));
  const files = new Map(paths.map((file) => [file, readFileSync(join(root, file), 'utf8')]));
  const imports = readImports(root, ['{server,contract}/**/*.ts']).filter(({ from }) => !isTest(from));
  const sources = { imports, files };
  return [...findStatements(sources, allowed), ...findReachingPolicies(sources), ...findDecidingRoutes(sources)];
}

/** Whoever imports tables, or what builds SQL, can make a statement. */
function findStatements({ imports, files }: Sources, allowed: readonly string[]): string[] {
  const isService = (file: string) => /^server\/(features|channels|chat)\//.test(file) && !isQueries(file);
  const found = new Set(
    imports
      .filter(({ from, to, typeOnly }) => isService(from) && !typeOnly && (to === 'drizzle-orm' || isSchema(to)))
      .map(({ from }) => from),
  );
  for (const [file, text] of files) if (isService(file) && /\.execute</.test(text)) found.add(file);
  return [
    ...[...found]
      .filter((file) => !allowed.includes(file))
      .map((file) => `${file} builds SQL: put it into *.queries.ts`),
    ...allowed
      .filter((file) => !found.has(file))
      .map((file) => `${file} builds no SQL any more: strike it from the list in scripts/feature-problems.ts`),
  ];
}

/** A policy decides about plain data: however far its imports reach, they reach the contract and its own feature only. */
function findReachingPolicies({ imports, files }: Sources): string[] {
  const needed = Map.groupBy(
    imports.filter(({ typeOnly }) => !typeOnly),
    ({ from }) => from,
  );
  const isPlain = (policy: string, { to, isPackage }: Import) =>
    !isPackage &&
    (to.startsWith('contract/') ||
      (dirname(to) === dirname(policy) && !/\.(queries|service|routes|presenter)\.ts$/.test(to)));
  return [...files.keys()]
    .filter((file) => file.endsWith('.policy.ts'))
    .flatMap((policy) => {
      const seen = new Set<string>();
      const waiting = [policy];
      const problems: string[] = [];
      for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
        if (seen.has(file) || file.startsWith('contract/')) continue;
        seen.add(file);
        for (const edge of needed.get(file) ?? []) {
          if (isPlain(policy, edge)) waiting.push(edge.to);
          else problems.push(`${policy} reaches ${edge.to}: policies are about plain data`);
        }
      }
      return problems;
    });
}

/** Endpoints say who may call them, policies decide the rest; a route passes on what its service answers. */
function findDecidingRoutes({ imports, files }: Sources): string[] {
  const isRoutes = (file: string) => file.endsWith('.routes.ts');
  const reaching = imports
    .filter(({ from, to, typeOnly }) => isRoutes(from) && !typeOnly && /\.(queries|policy)\.ts$|^server\/db\//.test(to))
    .map(({ from, to }) => `${from} imports ${to}: routes know services only`);
  const deciding = [...files]
    .filter(
      ([file, text]) => isRoutes(file) && /\bactor[?!]?\.role\b|\bforbidden\(|AppError\(\s*'forbidden'/.test(text),
    )
    .map(([file]) => `${file} decides who may do what: that is for a policy`);
  return [...reaching, ...deciding];
}
