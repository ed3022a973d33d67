import { childOf, childrenOf, switchOf, valueOf, type XmlElement } from '../xml-tree.ts';
import type { OpenField } from './word-story.ts';

const maxOpenFields = 100;

// Fields show their result, as it was when the document was saved. (ECMA-376 part 1, 17.16.)

export function beginField(element: XmlElement, fields: OpenField[]): void {
  if (fields.length >= maxOpenFields) return;
  const formData = childOf(element, 'ffData');
  fields.push({ instruction: '', isResult: false, hasResult: false, hasText: false, link: undefined, formData });
}

export function separateField(fields: OpenField[]): void {
  const field = fields.at(-1);
  if (!field) return;
  field.isResult = true;
  field.hasResult = true;
  field.link = /^\s*HYPERLINK\s+"([^"]+)"/i.exec(field.instruction)?.[1];
}

/** Ends the innermost field and returns what it shows beside its result: a check box, the chosen entry of a list. */
export function endField(fields: OpenField[]): string {
  const field = fields.pop();
  if (!field) return '';
  const box = childOf(field.formData, 'checkBox');
  if (box) {
    const isTicked = switchOf(childOf(box, 'checked')) ?? switchOf(childOf(box, 'default')) ?? false;
    return isTicked ? '☒' : '☐';
  }
  const list = childOf(field.formData, 'ddList');
  if (list && !field.hasText) {
    const chosen = Number(valueOf(list, 'result') ?? valueOf(list, 'default') ?? 0);
    return childrenOf(list, 'listEntry')[chosen]?.attributes.val ?? '';
  }
  const [, name] = /^\s*MERGEFIELD\s+"?([^"\s\\]+)/i.exec(field.instruction) ?? [];
  return name && !field.hasResult ? `«${name}»` : '';
}

/** What stands between a field's beginning and its result is code. */
export function isHidingText(fields: OpenField[]): boolean {
  return fields.some(({ isResult }) => !isResult);
}

export function linkOfFields(fields: OpenField[]): string | undefined {
  return fields.findLast(({ link }) => link !== undefined)?.link;
}
