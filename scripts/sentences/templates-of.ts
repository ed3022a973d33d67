/** A node of the syntax tree, as oxc-parser gives it. */
export interface Node {
  type: string;
  start: number;
  [key: string]: unknown;
}

export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

const maxAlternatives = 24;
const holesOnly = /^(?:\{\{\w+\}\}|\s)*$/;

/**
 * What an expression can say, as templates with `{{name}}` for values: a choice between words gives one template for each.
 * Empty when its words come from elsewhere.
 */
export function templatesOf(node: Node): string[] {
  return alternatives(node)
    .map(numberedHoles)
    .filter((template) => !holesOnly.test(template));
}

function alternatives(node: Node): string[] {
  switch (node.type) {
    case 'Literal':
      return typeof node['value'] === 'string' ? [node['value']] : [hole(node)];
    case 'TemplateLiteral':
      return ofTemplate(node);
    case 'ConditionalExpression':
      return [...alternatives(node['consequent'] as Node), ...alternatives(node['alternate'] as Node)];
    case 'LogicalExpression': {
      const right = alternatives(node['right'] as Node);
      return node['operator'] === '&&' ? ['', ...right] : [...alternatives(node['left'] as Node), ...right];
    }
    case 'BinaryExpression':
      return node['operator'] === '+'
        ? product(alternatives(node['left'] as Node), alternatives(node['right'] as Node))
        : [hole(node)];
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'ChainExpression':
    case 'AwaitExpression':
      return alternatives((node['expression'] ?? node['argument']) as Node);
    case 'CallExpression':
      return ofCall(node);
    default:
      return [hole(node)];
  }
}

function ofTemplate(node: Node): string[] {
  const quasis = node['quasis'] as { value: { cooked: string } }[];
  const expressions = node['expressions'] as Node[];
  let made = [quasis[0]?.value.cooked ?? ''];
  for (const [index, expression] of expressions.entries()) {
    const said = alternatives(expression);
    made = product(made, made.length * said.length > maxAlternatives ? [hole(expression)] : said);
    made = product(made, [quasis[index + 1]?.value.cooked ?? '']);
  }
  return made;
}

/** `counted(3, 'line')` says “3 lines”, `counted(1, 'entry', 'entries')` “1 entry”. */
function ofCall(node: Node): string[] {
  const callee = node['callee'] as Node;
  const [count, one, other] = node['arguments'] as Node[];
  if (callee['name'] !== 'counted' || !count || one?.type !== 'Literal') return [hole(node)];
  const plural = other?.type === 'Literal' ? String(other['value']) : `${String(one['value'])}s`;
  return [`1 ${String(one['value'])}`, `{{count}} ${plural}`];
}

const product = (left: string[], right: string[]): string[] =>
  left.flatMap((before) => right.map((after) => before + after));

const hole = (node: Node): string => `{{${nameOf(node)}}}`;

/** The last name in an expression says best what it is. */
function nameOf(node: Node): string {
  if (node.type === 'Identifier') return String(node['name']);
  if (node.type === 'MemberExpression') {
    const property = node['property'] as Node;
    if (property.type !== 'Identifier' || ['length', 'size'].includes(String(property['name']))) {
      return nameOf(node['object'] as Node);
    }
    return node['computed'] ? nameOf(node['object'] as Node) : String(property['name']);
  }
  if (node.type === 'CallExpression') {
    const callee = node['callee'] as Node;
    if (callee.type === 'MemberExpression') return nameOf(callee['object'] as Node);
    const [first] = node['arguments'] as Node[];
    return first ? nameOf(first) : nameOf(callee);
  }
  for (const key of ['expression', 'argument', 'left', 'object']) if (isNode(node[key])) return nameOf(node[key]);
  return 'value';
}

/** A name that comes twice is told apart: `{{name}}`, `{{name2}}`. */
function numberedHoles(template: string): string {
  const seen = new Map<string, number>();
  return template.replaceAll(/\{\{(\w+)\}\}/g, (_match, name: string) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? `{{${name}}}` : `{{${name}${count}}}`;
  });
}
