import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'oxc-parser';
import {
  excludedCalls,
  excludedFiles,
  excludedNames,
  excludedSentences,
  speakingCalls,
  speakingProperties,
} from './speaking.ts';
import { isNode, type Node, templatesOf } from './templates-of.ts';

/** Template → where it is said, as `file:line`. */
export type Sentences = Map<string, string[]>;

/** Every sentence that the server or the contract says to people, as a template with `{{name}}` for values. */
export function findSentences(root: string): Sentences {
  const found: Sentences = new Map();
  for (const file of globSync('{server,contract}/**/*.ts', { cwd: root }).sort()) {
    if (excludedFiles.some(({ pattern }) => pattern.test(file))) continue;
    for (const [template, at] of findInSource(file, readFileSync(join(root, file), 'utf8'))) {
      found.set(template, [...(found.get(template) ?? []), ...at]);
    }
  }
  return found;
}

export function findInSource(file: string, source: string): Sentences {
  const found: Sentences = new Map();
  const add = (node: Node, templates: string[]) => {
    const line = source.slice(0, node.start).split('\n').length;
    for (const template of templates.map(aboutFile).filter(isShown))
      found.set(template, [...(found.get(template) ?? []), `${file}:${line}`]);
  };
  const { program } = parseSync(file, source);
  const own = ownFunctions(program as unknown as Node);
  const visit = (node: Node): void => {
    if (isExcluded(node, file)) return;
    const said = saidBy(node, own);
    for (const each of said) add(each.node, each.templates);
    if (said.length > 0) {
      // What is said by itself is not looked for again.
    } else if (node.type === 'Literal' || node.type === 'TemplateLiteral' || node.type === 'BinaryExpression') {
      const templates = templatesOf(node).map(withoutSaidAfter).filter(isSentence);
      if (templates.length > 0) return add(node, templates);
    }
    for (const value of Object.values(node)) {
      for (const child of Array.isArray(value) ? value : [value]) {
        const isSaid = said.some((each) => each.node === child && each.templates.length > 0);
        if (isNode(child) && !isSaid) visit(child);
      }
    }
  };
  visit(program as unknown as Node);
  return found;
}

/** What stands after a whole sentence is said elsewhere, and found there: `It is full. {{advice}}`. */
const withoutSaidAfter = (template: string): string => template.trim().replace(/(?<=\S[.?!])(?: \{\{\w+\}\})+$/, '');

/** What is a sentence wherever it stands: begins like one, has several words and ends like one. */
const isSentence = (text: string): boolean =>
  /^["“]?[A-Z{]/.test(text) &&
  /[a-z)}”"]\s+\S/.test(text) &&
  /[.?!]$/.test(text) &&
  /[a-z]{2}/.test(text.replaceAll(/\{\{\w+\}\}/g, ''));

/** What is wrong with a file is said after its name. */
const aboutFile = (template: string): string =>
  /^(?:is|has|needs|takes) /.test(template) ? `{{path}} ${template}.` : template;

const isShown = (template: string): boolean =>
  countWords(template) > 0 && !excludedSentences.some(({ pattern }) => pattern.test(template));

/** How much of a template is words of its own: one of values alone would fit anything. */
const countWords = (template: string): number =>
  template.replaceAll(/\{\{\w+\}\}/g, '').match(/[a-z]{2,}/gi)?.length ?? 0;

function calleeOf(node: Node): string {
  if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return '';
  const callee = node['callee'] as Node;
  if (callee.type === 'Identifier') return String(callee['name']);
  const property = callee['property'] as Node | undefined;
  return property?.type === 'Identifier' ? `.${String(property['name'])}` : '';
}

const keyOf = (node: Node): string => {
  if (node.type !== 'Property' && node.type !== 'VariableDeclarator') return '';
  const key = (node['key'] ?? node['id']) as Node;
  return String(key['name'] ?? key['value'] ?? '');
};

const isExcluded = (node: Node, file: string): boolean =>
  excludedCalls.has(calleeOf(node)) ||
  excludedNames.has(keyOf(node)) ||
  node.type.startsWith('TSType') ||
  node.type === 'ImportDeclaration' ||
  // What an endpoint is for stands in the API's reference.
  (/^contract\/|\.routes\.ts$/.test(file) && keyOf(node) === 'summary');

interface Said {
  node: Node;
  templates: string[];
}

/** A file's own function of the same name speaks where it is written. */
const ownFunctions = (program: Node): Set<string> =>
  new Set(
    (program['body'] as Node[]).flatMap((statement) =>
      ((statement['declarations'] ?? []) as Node[]).map((declarator) => String((declarator['id'] as Node)['name'])),
    ),
  );

function saidBy(node: Node, own: ReadonlySet<string>): Said[] {
  const callee = calleeOf(node);
  const call = !own.has(callee) && Object.hasOwn(speakingCalls, callee) ? speakingCalls[callee] : undefined;
  if (call) {
    const given = (node['arguments'] as Node[]).filter((_argument, index) => call.arguments.includes(index));
    const after = call.after ?? '';
    return given.map((argument) => ({
      node: argument,
      templates: templatesOf(argument).map((template) => template + after),
    }));
  }
  const key = keyOf(node);
  const after = speakingProperties.get(key);
  if (after !== undefined) {
    const value = (node['value'] ?? node['init']) as Node | null;
    if (!value) return [];
    const templates = templatesOf(value).filter((template) => / /.test(template));
    return [{ node: value, templates: templates.map((template) => template + after) }];
  }
  return [];
}
