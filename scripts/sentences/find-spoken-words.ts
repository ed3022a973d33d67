import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'oxc-parser';
import { isNode, type Node } from './templates-of.ts';

const attributes = new Set(['title', 'label', 'aria-label', 'placeholder', 'alt', 'description']);

/** Keys, codes and names that are the same in every language, and examples of what can be typed. */
const namesAlone =
  /^(?:Pinchy|Telegram|Odoo|OpenClaw|Smithers|Markdown|JSON|CSV|Brave Search|Ctrl K|[A-Z0-9:…]+|(?=.*[^a-z])[/#@]?[a-z0-9_./:-]+)$/;

/** Words that pages say without a catalogue, in JSX or in attributes that people read or hear; one line for each. */
export function findSpokenWords(root: string): string[] {
  return globSync('web/**/*.tsx', { cwd: root })
    .filter((file) => !file.endsWith('.test.tsx'))
    .sort()
    .flatMap((file) => findInPage(file, readFileSync(join(root, file), 'utf8')));
}

export function findInPage(file: string, source: string): string[] {
  const problems: string[] = [];
  const report = (node: Node, words: unknown) => {
    const text = String(words).trim();
    if (!/\p{L}{2}/u.test(text) || namesAlone.test(text)) return;
    problems.push(
      `${file}:${source.slice(0, node.start).split('\n').length} says “${text}” in one language: move it to web/texts`,
    );
  };
  const visit = (node: Node, within: 'words' | undefined): void => {
    if (node.type === 'JSXText') report(node, node['value']);
    if (within && node.type === 'Literal' && typeof node['value'] === 'string') report(node, node['value']);
    if (within && node.type === 'TemplateElement') report(node, (node['value'] as { cooked: string }).cooked);
    for (const [key, value] of Object.entries(node)) {
      for (const child of Array.isArray(value) ? value : [value]) {
        if (isNode(child)) visit(child, insideOf(node, key, within));
      }
    }
  };
  visit(parseSync(file, source).program as unknown as Node, undefined);
  return problems;
}

/** Whether what is inside is said: a value of such an attribute or of a child, through choices and templates only. */
function insideOf(node: Node, key: string, within: 'words' | undefined): 'words' | undefined {
  if (node.type === 'JSXAttribute') {
    return key === 'value' && attributes.has(String((node['name'] as Node)['name'])) ? 'words' : undefined;
  }
  if (node.type === 'JSXElement' && isExample(node)) return undefined;
  if (node.type === 'JSXElement' || node.type === 'JSXFragment') return key === 'children' ? 'words' : undefined;
  const passes = [
    'JSXExpressionContainer',
    'ConditionalExpression',
    'LogicalExpression',
    'TemplateLiteral',
    'BinaryExpression',
  ];
  if (!passes.includes(node.type) || key === 'test') return undefined;
  // A comparison says nothing.
  return node.type === 'BinaryExpression' && node['operator'] !== '+' ? undefined : within;
}

/** What is to be typed is the same in every language. */
function isExample(element: Node): boolean {
  const { name } = element['openingElement'] as Node & { name: Node };
  return ['pre', 'code', 'kbd'].includes(String(name['name']));
}
