import { numberText } from '../shared/list-label.ts';
import type { Archive } from '../read-archive.ts';
import { childOf, childrenOf, findElement, readElements, switchOf, valueOf, type XmlElement } from '../xml-tree.ts';
import type { WordStyles } from './word-styles.ts';

interface Level {
  start: number;
  format: string;
  /** Such as `%1.%2`. */
  text: string;
  isLegal: boolean;
  /** Counted from 1; 0 for never. */
  restartsAfter: number | undefined;
  styleId: string | undefined;
}

interface ListDefinition {
  levels: Map<number, Level>;
  /** The numbering style that really defines it. */
  styleLink: string | undefined;
}

interface List {
  definition: string;
  overrides: Map<number, { start?: number | undefined; level?: Level | undefined }>;
}

export interface WordNumbering {
  /** Counts a paragraph and returns its label as Word shows it: `§ 2`, `(b)`, `-` for a bullet, '' for none. */
  next(listId: string, level: number): string;
  /** The level that a list gives to paragraphs of a style. */
  levelOfStyle(listId: string, styleId: string): number | undefined;
}

/** Automatic numbers of paragraphs. (ECMA-376 part 1, 17.9.) */
export async function readWordNumbering(
  archive: Archive,
  part: string | undefined,
  styles: WordStyles,
): Promise<WordNumbering> {
  const definitions = new Map<string, ListDefinition>();
  const lists = new Map<string, List>();
  if (part !== undefined) {
    await readElements(archive.stream(part), {
      isWanted: (name) => name === 'abstractNum' || name === 'num',
      onElement(element) {
        if (element.name === 'num') lists.set(element.attributes.numId ?? '', listOf(element));
        else definitions.set(element.attributes.abstractNumId ?? '', definitionOf(element));
      },
    });
  }
  return createNumbering(definitions, lists, styles);
}

function createNumbering(
  definitions: Map<string, ListDefinition>,
  lists: Map<string, List>,
  styles: WordStyles,
): WordNumbering {
  const counts = new Map<string, number[]>();
  const started = new Set<string>();

  function find(listId: string): { id: string; levels: Map<number, Level>; list: List } | undefined {
    const list = lists.get(listId);
    const definition = list && definitions.get(list.definition);
    if (!list || !definition) return undefined;
    const linked = lists.get(styles.get(definition.styleLink ?? '')?.numberingId ?? '');
    const id = linked?.definition ?? list.definition;
    return { id, levels: definitions.get(id)?.levels ?? definition.levels, list };
  }

  return {
    next(listId, level) {
      const found = find(listId);
      if (!found) return '';
      const { id, levels, list } = found;
      const levelAt = (index: number) => list.overrides.get(index)?.level ?? levels.get(index);
      const numbers = counts.get(id) ?? [];
      const override = list.overrides.get(level)?.start;
      if (override !== undefined && !started.has(`${listId} ${level}`)) numbers[level] = override - 1;
      started.add(`${listId} ${level}`);
      for (let index = 0; index < level; index += 1) numbers[index] ??= levelAt(index)?.start ?? 1;
      numbers[level] = (numbers[level] ?? (levelAt(level)?.start ?? 1) - 1) + 1;
      for (let index = level + 1; index < numbers.length; index += 1) {
        const after = levelAt(index)?.restartsAfter;
        if (after === undefined || (after > 0 && level < after)) delete numbers[index];
      }
      counts.set(id, numbers);
      return labelOf(levelAt(level), levelAt, numbers);
    },
    levelOfStyle(listId, styleId) {
      return [...(find(listId)?.levels ?? [])].find(([, level]) => level.styleId === styleId)?.[0];
    },
  };
}

function labelOf(level: Level | undefined, levelAt: (index: number) => Level | undefined, numbers: number[]): string {
  if (!level || level.format === 'none') return level?.text.replace(/%\d/g, '').trim() ?? '';
  if (level.format === 'bullet') return '-';
  return level.text
    .replace(/%([1-9])/g, (_whole, digit: string) => {
      const index = Number(digit) - 1;
      const number = numbers[index];
      if (number === undefined) return '';
      const format = levelAt(index)?.format;
      return numberText(level.isLegal && format !== 'decimalZero' ? 'decimal' : format, number);
    })
    .trim();
}

function definitionOf(element: XmlElement): ListDefinition {
  const levels = childrenOf(element, 'lvl').map((level): [number, Level] => [
    Number(level.attributes.ilvl),
    levelOf(level),
  ]);
  return { levels: new Map(levels), styleLink: valueOf(element, 'numStyleLink') };
}

function levelOf(level: XmlElement): Level {
  const format = findElement(level, 'numFmt');
  const restart = valueOf(level, 'lvlRestart');
  return {
    start: Number(valueOf(level, 'start') ?? 0),
    format: format?.attributes.val === 'custom' ? customFormat(format) : (format?.attributes.val ?? 'decimal'),
    text: valueOf(level, 'lvlText') ?? '',
    isLegal: switchOf(childOf(level, 'isLgl')) ?? false,
    restartsAfter: restart === undefined ? undefined : Number(restart),
    styleId: valueOf(level, 'pStyle'),
  };
}

/** `001, 002, 003, ...` is the only kind that people get. */
function customFormat(format: XmlElement): string {
  return format.attributes.format?.startsWith('0') ? 'decimalZero' : 'decimal';
}

function listOf(element: XmlElement): List {
  const overrides = childrenOf(element, 'lvlOverride').map((override): [number, { start?: number; level?: Level }] => {
    const start = valueOf(override, 'startOverride');
    const level = childOf(override, 'lvl');
    return [
      Number(override.attributes.ilvl),
      { ...(start !== undefined && { start: Number(start) }), ...(level && { level: levelOf(level) }) },
    ];
  });
  return { definition: valueOf(element, 'abstractNumId') ?? '', overrides: new Map(overrides) };
}
