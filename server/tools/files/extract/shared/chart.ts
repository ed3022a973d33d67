import { createCellFormat, generalNumber } from '../excel/cell-format.ts';
import type { Archive } from '../read-archive.ts';
import {
  childOf,
  childrenOf,
  descendantsOf,
  elementsOf,
  findElement,
  readTree,
  textOf,
  type XmlElement,
} from '../xml-tree.ts';
import { markdownTable } from './markdown-table.ts';

export interface Chart {
  title: string;
  /** `bar`, `line`, `pie`… */
  kinds: string[];
  axes: string[];
  series: { name: string; categories: string[]; values: string[] }[];
}

const maxPoints = 500;

/** A chart with the values that the document keeps of it. (ECMA-376 part 1, 21.2; newer kinds: MS-ODRAWXML 2.24.) */
export async function readChart(archive: Archive, part: string): Promise<Chart> {
  const none = { title: '', kinds: [], axes: [], series: [] };
  if (!archive.has(part)) return none;
  const space = await readTree(archive.stream(part));
  const chart = childOf(space, 'chart');
  const area = findElement(chart, 'plotArea');
  if (!area) return none;
  const plots = elementsOf(area).filter(({ name }) => name.endsWith('Chart'));
  const series = plots.flatMap((plot) => childrenOf(plot, 'ser')).map(seriesOf);
  const newer = [...descendantsOf(area, 'series')].map((each) => newerSeries(each, space));
  return {
    title: titleOf(chart),
    kinds: [
      ...new Set([
        ...plots.map(({ name }) => name.replace(/(3D)?Chart$/, '')),
        ...[...descendantsOf(area, 'series')].map(({ attributes }) => attributes.layoutId ?? ''),
      ]),
    ],
    axes: elementsOf(area)
      .filter(({ name }) => /Ax(is)?$|^axis$/.test(name))
      .map(titleOf)
      .filter((title) => title !== ''),
    series: [...series, ...newer],
  };
}

/** In one line, for where the values stand beside it. */
export function describeChart(chart: Chart): string {
  const names = chart.series.map(({ name }) => name).filter((name) => name !== '');
  return `[${[heading(chart), ...(names.length > 0 ? [`series: ${names.join(', ')}`] : [])].join('; ')}]`;
}

/** With its values as a table. */
export function chartLines(chart: Chart): string[] {
  const [first] = chart.series;
  if (!first || chart.series.every(({ values }) => values.length === 0)) return [describeChart(chart)];
  const shares = chart.series.every(({ categories }) => categories.join('\n') === first.categories.join('\n'));
  if (!shares) return [`[${heading(chart)}]`, ...chart.series.flatMap((series) => ['', ...tableOf([series])]).slice(1)];
  return [`[${heading(chart)}]`, ...tableOf(chart.series)];
}

function tableOf(series: Chart['series']): string[] {
  const count = Math.max(...series.map(({ values, categories }) => Math.max(values.length, categories.length)));
  const rows = Array.from({ length: Math.min(count, maxPoints) }, (_, index) => [
    { text: series[0]?.categories[index] ?? String(index + 1) },
    ...series.map(({ values }) => ({ text: values[index] ?? '' })),
  ]);
  return markdownTable([[{ text: '' }, ...series.map(({ name }) => ({ text: name }))], ...rows]);
}

function heading({ title, kinds, axes, series }: Chart): string {
  const name = title || (series.length === 1 ? series[0]?.name : '') || '';
  const details = [...kinds, ...axes.map((axis) => `axis: ${axis}`)].filter((detail) => detail !== '').join(', ');
  return `chart${name ? `: ${name}` : ''}${details ? ` (${details})` : ''}`;
}

function titleOf(element: XmlElement | undefined): string {
  const title = childOf(element, 'title');
  if (!title) return '';
  const texts = [...descendantsOf(title, 't'), ...descendantsOf(title, 'v')].map(textOf);
  return texts.join('').replace(/\s+/g, ' ').trim();
}

function seriesOf(series: XmlElement): Chart['series'][number] {
  const values = childOf(series, 'val') ?? childOf(series, 'yVal');
  const categories = childOf(series, 'cat') ?? childOf(series, 'xVal');
  const name = childOf(series, 'tx');
  const formula = textOf(findElement(name, 'f'));
  const points = pointsOf(name).filter((point) => point !== '');
  return {
    name: points.join(' ') || textOf(childOf(name, 'v')) || formula,
    categories: categoriesOf(categories),
    values: pointsOf(values),
  };
}

function categoriesOf(element: XmlElement | undefined): string[] {
  const levels = [...(element ? descendantsOf(element, 'lvl') : [])].map(pointsOf);
  const [first] = levels;
  if (!first) return pointsOf(element);
  // The outer levels name several categories at once, by their first one.
  const outer = levels
    .slice(1)
    .map((level) => first.map((_, index) => level.slice(0, index + 1).findLast(Boolean) ?? ''));
  return first.map((name, index) => [...outer.map((level) => level[index] ?? '').toReversed(), name].join(' '));
}

function pointsOf(element: XmlElement | undefined): string[] {
  const points: string[] = [];
  if (!element) return points;
  const pattern = textOf(findElement(element, 'formatCode'));
  const isNumber = findElement(element, 'numCache') !== undefined || findElement(element, 'numLit') !== undefined;
  const format = createCellFormat(pattern, false);
  for (const point of descendantsOf(element, 'pt')) {
    const index = Number(point.attributes.idx ?? points.length);
    if (!(index >= 0 && index < maxPoints)) continue;
    const text = textOf(childOf(point, 'v') ?? point);
    const number = Number(text);
    points[index] = isNumber && text !== '' && !Number.isNaN(number) ? format.number(number) : text;
  }
  return Array.from(points, (point) => point ?? '');
}

/** Waterfalls, funnels and others since 2016 keep their values apart from the series. */
function newerSeries(series: XmlElement, space: XmlElement): Chart['series'][number] {
  const id = childOf(series, 'dataId')?.attributes.val;
  const data = [...descendantsOf(space, 'data')].find(({ attributes }) => attributes.id === id);
  const points = (dimension: string) => pointsOf(childOf(data, dimension)).map((text) => rounded(text));
  const name = childOf(series, 'tx');
  return { name: textOf(findElement(name, 'v')), categories: points('strDim'), values: points('numDim') };
}

function rounded(text: string): string {
  const number = Number(text);
  return text === '' || Number.isNaN(number) ? text : generalNumber(number);
}
