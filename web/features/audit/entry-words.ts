import type { AuditEntry } from '../../../contract/audit.ts';
import { visibleText } from '../../../contract/visible-text.ts';
import { titleOfTool } from '../../texts/tool-titles.ts';
import type { TextKey, Translate } from '../../texts/translate.ts';
import { formatExactMoney } from '../../ui/money.ts';
import { moment } from './audit-formats.ts';
import { budgetValues } from './budget-entries.ts';
import { isTextKey } from './text-key.ts';

/** What entries are put into words with. */
export interface Words {
  t: Translate;
  locale: string;
  /** What people know a model as; its id where nobody offers it any more. */
  modelName(id: string): string;
  /** A sentence of the server in the person's language. */
  say(english: string): string;
}

interface NamedRecord {
  id?: unknown;
  name?: unknown;
  model?: unknown;
}

const maxListed = 3;

/** One line: who did what to what, in the person's language, from what the entry holds. */
export function lineOf(words: Words, entry: AuditEntry): string {
  const { t } = words;
  const { eventType, detail, names } = entry;
  const person = entry.personId === null ? undefined : names[entry.personId];
  const isOwn = entry.actorType === 'user';
  const values: Record<string, string | number> = {
    ...plainValues(words, entry),
    actor: actorOf(words, entry),
    agent: agentOf(words, entry),
    subject: subjectOf(words, entry),
    person: person ?? t('trail.somebody'),
    email: textOf(detail['emailPreview']) ?? t('trail.anyone'),
    for: person && !isOwn ? t('trail.for', { person }) : '',
    whom: person ? t('trail.whom', { person }) : '',
    toWhom: person ? t('trail.toWhom', { person }) : '',
    what: whatOf(words, entry) ?? t(eventType === 'knowledge.reindexed' ? 'trail.everything' : 'trail.something'),
    call: callOf(words, entry),
    original: nameOfRecord(detail['copiedFrom']) ?? t('trail.anAgent'),
    event: eventType,
  };
  return t(lineKey(t, entry), values);
}

/** What an event is called where there is a choice of events: its line, without whose it is. */
export function titleOfEvent({ t }: Pick<Words, 't'>, eventType: string): string {
  const isCall = eventType.startsWith('tool.') && !isTextKey(t, `trail.lines.${eventType}`);
  if (isCall) return titleOfTool(t, eventType.slice('tool.'.length));
  const key = `trail.lines.${eventType}`;
  if (!isTextKey(t, key)) return eventType;
  return t(key, { for: '', whom: '', toWhom: '' })
    .replaceAll(/\{\{\w+\}\}/g, '…')
    .replace(/^… /, '');
}

function lineKey(t: Translate, { eventType, outcome, detail }: AuditEntry): TextKey {
  if (eventType === 'agent.created' && isRecord(detail['copiedFrom'])) return 'trail.copiedAgent';
  const set = `trail.switches.${eventType}.${switchOf(detail)}`;
  if (isTextKey(t, set)) return set;
  const own = `trail.lines.${eventType}`;
  if (isTextKey(t, own)) return own;
  if (!eventType.startsWith('tool.')) return 'trail.unknownLine';
  if (outcome === 'failure') return 'trail.failedCall';
  if (eventType === 'tool.pinchy_search' && listOf(detail['paths']).length === 0) return 'trail.searchedInVain';
  const call = `trail.calls.${eventType.slice('tool.'.length)}`;
  return isTextKey(t, call) ? call : 'trail.used';
}

/** What was switched on or off, where that is all that an entry tells; after the field's name where it holds changes. */
function switchOf({ from, to, changes }: AuditEntry['detail']): string | undefined {
  if (from !== undefined && to !== undefined) return to === null || to === false ? 'off' : 'on';
  const [[field, change] = [], ...more] = isRecord(changes) ? Object.entries(changes) : [];
  if (field === undefined || more.length > 0 || !isRecord(change) || typeof change['to'] !== 'boolean')
    return undefined;
  return `${field}.${change['to'] ? 'on' : 'off'}`;
}

/** What stands in the detail as it is, such as a version, and what has a word of its own, such as a role. */
function plainValues(words: Words, { eventType, detail, names }: AuditEntry): Record<string, string | number> {
  const { t, locale } = words;
  const plain = Object.entries(detail).filter(([, value]) => typeof value === 'string' || typeof value === 'number');
  const connectionId = textOf(detail['connectionId']);
  return {
    ...Object.fromEntries(plain.map(([name, value]) => [name, visibleText(String(value))])),
    ...(detail['role'] !== undefined && { role: valueText(words, 'role', detail['role'], names) }),
    ...(detail['provider'] !== undefined && { provider: providerName(t, String(detail['provider'])) }),
    ...budgetValues(words, detail),
    ...(eventType.startsWith('price.') && priceValues(words, detail)),
    connection: textOf(detail['connection']) ?? (connectionId && names[connectionId]) ?? t('trail.something'),
    file: t(detail['file'] === 'SOUL.md' ? 'trail.soul' : 'trail.playbook'),
    fields: new Intl.ListFormat(locale).format(
      Object.keys(isRecord(detail['changes']) ? detail['changes'] : {}).map((field) => fieldLabel(t, field)),
    ),
  };
}

/** Of which model a price is, from when on, and what it says. */
function priceValues({ t, modelName }: Words, detail: AuditEntry['detail']): Record<string, string> {
  const [model, since] = [textOf(detail['name']), textOf(detail['validFrom'])];
  const dollars = (amount: unknown) => formatExactMoney(Number(textOf(amount) ?? 0));
  return {
    pricedModel: model === undefined ? t('trail.something') : visibleText(modelName(model)),
    since: since === undefined ? t('trail.something') : moment(since),
    price: t('prices.both', {
      input: dollars(detail['inputPerMillion']),
      output: dollars(detail['outputPerMillion']),
    }),
  };
}

const providerName = (t: Translate, id: string): string =>
  isTextKey(t, `providers.${id}.name`) ? t(`providers.${id}.name` as TextKey) : visibleText(id);

function actorOf({ t }: Words, { actorType, actorName }: AuditEntry): string {
  if (actorType === 'system') return t('common.productName');
  return actorName ?? t('trail.somebody');
}

function agentOf({ t }: Words, entry: AuditEntry): string {
  if (entry.actorType === 'agent' && entry.actorName) return entry.actorName;
  const id = textOf(entry.detail['agentId']);
  const ofResource = entry.resource?.startsWith('agent:') ? entry.resourceName : null;
  return (id && entry.names[id]) ?? ofResource ?? t('trail.anAgent');
}

function subjectOf({ t }: Words, { detail, resourceName, actorName }: AuditEntry): string {
  return resourceName ?? textOf(detail['name']) ?? actorName ?? t('trail.something');
}

/** The file, record or page that it was about. */
function whatOf({ t, locale }: Words, { detail, names }: AuditEntry): string | undefined {
  const { record, records, deleted, path, paths, address, url, ids, id, count } = detail;
  const asked = textOf(detail['model']);
  const model = asked && visibleText(names[asked] ?? asked);
  const list = (texts: readonly string[]) =>
    new Intl.ListFormat(locale).format([
      ...texts.slice(0, maxListed).map(visibleText),
      ...(texts.length > maxListed ? ['…'] : []),
    ]);
  const ofModel = (text: string) => (model ? t('trail.recordOf', { record: text, model }) : text);
  const named = [record, ...listOf(records), ...listOf(deleted)].map(nameOfRecord).filter((name) => name !== undefined);
  if (named.length > 0) return ofModel(list(named));
  const place = textOf(path) ?? textOf(address) ?? textOf(url);
  if (place !== undefined) return visibleText(place);
  if (Array.isArray(paths) && paths.length > 0) return list(paths.map(String));
  if (model === undefined) return undefined;
  const numbers = Array.isArray(ids) ? ids : id === undefined ? [] : [id];
  if (numbers.length > 0) return t('trail.numbered', { model, ids: list(numbers.map(String)) });
  return typeof count === 'number' ? t('trail.recordsOf', { model, count }) : model;
}

function nameOfRecord(record: unknown): string | undefined {
  if (typeof record === 'string') return record === '' ? undefined : record;
  const { name } = (record ?? {}) as NamedRecord;
  return textOf(name);
}

/** A call of a tool that is asked for, decided or refused, by the tool's title and what it is about. */
function callOf(words: Words, entry: AuditEntry): string {
  const { t } = words;
  const id = textOf(entry.detail['tool']) ?? entry.eventType.slice('tool.'.length);
  const tool = titleOfTool(t, id);
  const what = whatOf(words, entry);
  return what === undefined ? t('trail.call', { tool }) : t('trail.callOf', { tool, what });
}

export const fieldLabel = (t: Translate, field: string): string =>
  isTextKey(t, `trail.fields.${field}`) ? t(`trail.fields.${field}` as TextKey) : visibleText(field);

/** The dates of a filter are not what was before and after. */
export const fieldInside = (outer: string, inner: string): string =>
  outer === 'filter' && (inner === 'from' || inner === 'to') ? `filter_${inner}` : inner;

/** A value as people write it: names in the place of ids, titles in the place of a tool's. */
export function valueText(words: Words, field: string, value: unknown, names: AuditEntry['names']): string {
  const { t, locale } = words;
  if (value === null && priceFields.has(field)) return t('prices.asInput');
  if (value === null || value === undefined || value === '') return t('trail.nothing');
  if (typeof value === 'boolean') return t(value ? 'trail.yes' : 'trail.no');
  if (typeof value === 'number') return new Intl.NumberFormat(locale).format(value);
  if (Array.isArray(value)) {
    if (value.length === 0) return t('trail.nothing');
    return new Intl.ListFormat(locale).format(value.map((item) => valueText(words, field, item, names)));
  }
  if (isRecord(value)) {
    const name = nameOfRecord(value);
    if (name !== undefined) return visibleText(name);
    const parts = Object.entries(value).map(
      ([inner, part]) => `${fieldLabel(t, fieldInside(field, inner))}: ${valueText(words, inner, part, names)}`,
    );
    return parts.length === 0 ? t('trail.nothing') : parts.join('; ');
  }
  return wordOf(words, field, String(value), names);
}

function wordOf({ t, modelName, say }: Words, field: string, value: string, names: AuditEntry['names']): string {
  const name = names[value];
  if (name !== undefined) return name;
  if (toolFields.has(field)) return titleOfTool(t, value);
  if (field === 'role' && (value === 'admin' || value === 'member')) return t(`common.${value}`);
  if (field === 'visibility') return t(value === 'restricted' ? 'agents.accessRestricted' : 'agents.accessAll');
  if (field === 'model' || field === 'fallbackModel') return modelName(value);
  if (priceFields.has(field)) return formatExactMoney(Number(value));
  if (field === 'provider') return providerName(t, value);
  if (field === 'eventTypes') return titleOfEvent({ t }, value);
  if (field === 'status' && (value === 'success' || value === 'failure')) return t(`audit.${value}`);
  if (field === 'reason') return say(visibleText(value));
  for (const words of [wordsAt[field], `trail.values.${field}`]) {
    const own = `${words}.${value}${field === 'templateId' ? '.name' : ''}`;
    if (words !== undefined && isTextKey(t, own)) return t(own);
  }
  return isMoment.test(value) ? moment(value) : visibleText(value);
}

/** Where other pages have words for the values of a detail; those of the trail alone stand in `trail.values`. */
const wordsAt: Readonly<Record<string, string>> = {
  accessLevel: 'integrations.levels',
  code: 'chat.failures',
  color: 'gallery.colors',
  operation: 'integrations.operations',
  period: 'filters.periods',
  reasoningEffort: 'agents.efforts',
  symbol: 'gallery.symbols',
  templateId: 'templates.words',
  topic: 'trail.topics',
};

const toolFields: ReadonlySet<string> = new Set(['tool', 'allowedTools', 'ask_first', 'allow_always']);
const priceFields: ReadonlySet<string> = new Set([
  'inputPerMillion',
  'outputPerMillion',
  'cacheReadPerMillion',
  'cacheWritePerMillion',
]);
const isMoment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;

export interface ChangeWords {
  field: string;
  label: string;
  text: string;
}

/** What changed, a line for each field: of lists what came and went, of anything else what it was and is. */
export function changesOf(words: Words, entry: AuditEntry): ChangeWords[] {
  const { changes } = entry.detail;
  if (!isRecord(changes)) return [];
  return Object.entries(changes).flatMap(([field, change]) => {
    const { from, to } = (change ?? {}) as { from?: unknown; to?: unknown };
    return describeChange(words, { field, from, to, names: entry.names });
  });
}

/** A change of one field, or of each that differs where it has several. */
export function describeChange(
  words: Words,
  change: { field: string; from: unknown; to: unknown; names: AuditEntry['names'] },
): ChangeWords[] {
  const { t } = words;
  const { field, from, to, names } = change;
  const text = (value: unknown) => valueText(words, field, value, names);
  if (isRecord(from) && isRecord(to)) {
    const fields = [...new Set([...Object.keys(from), ...Object.keys(to)])];
    return fields
      .filter((inner) => JSON.stringify(from[inner]) !== JSON.stringify(to[inner]))
      .flatMap((inner) =>
        describeChange(words, { field: fieldInside(field, inner), from: from[inner], to: to[inner], names }),
      );
  }
  const label = fieldLabel(t, field);
  const lists = [from ?? [], to ?? []];
  if (lists.every(Array.isArray)) {
    const [before = [], after = []] = lists as unknown[][];
    const added = after.filter((item) => !before.includes(item));
    const removed = before.filter((item) => !after.includes(item));
    const parts = [
      ...(added.length > 0 ? [t('trail.addedItems', { items: text(added) })] : []),
      ...(removed.length > 0 ? [t('trail.removedItems', { items: text(removed) })] : []),
    ];
    return [{ field, label, text: parts.join('; ') }];
  }
  return [{ field, label, text: t('trail.changedTo', { from: text(from), to: text(to) }) }];
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
