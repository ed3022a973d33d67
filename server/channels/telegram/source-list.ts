import { isWebAddress, nameOfDocument } from '../../../contract/cited-names.ts';
import { readPlace } from '../../../contract/place-parts.ts';
import type { Source } from '../../../contract/socket.ts';
import type { TelegramTexts } from './texts.ts';

/** Below an answer; the rest is shown in the browser. */
const maxListed = 8;
const maxNameLength = 120;

/** What an answer rests on, as Markdown; undefined when it cites nothing. */
export function sourceList(sources: readonly Source[], texts: TelegramTexts): string | undefined {
  const each = [...new Map(sources.map((source) => [source.number, source])).values()];
  if (each.length === 0) return undefined;
  const lines = each.slice(0, maxListed).map(({ number, path, place }) => {
    const name = isWebAddress(path) ? path : nameOfDocument(path);
    const parts = readPlace(place);
    const where = parts ? texts.place(parts, place) : place;
    return `\\[${number}\\] ${plain(`${short(name)}, ${short(where)}`)}`;
  });
  const more = each.length > maxListed ? [texts.moreSources(each.length - maxListed)] : [];
  return [texts.sources, ...lines, ...more].join('  \n');
}

const short = (text: string): string => {
  const characters = [...text];
  return characters.length > maxNameLength ? `${characters.slice(0, maxNameLength).join('')}…` : text;
};

/** Nothing in a name is Markdown. */
const plain = (text: string): string => text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]()#+!|<>~&-]/g, '\\$&');
