import type { Template } from '../../../../contract/agents.ts';
import type { ModelPermission, Operation } from '../../../../contract/integrations.ts';
import { fileReadingTool } from '../../../../contract/reading-tools.ts';
import { hasText, useTranslation } from '../../../texts/language.ts';
import type { TextKey, Translate } from '../../../texts/translate.ts';

export interface TemplateTexts {
  name: string;
  description: string;
  tagline: string | null;
  greeting: string;
  /** What agents made with it may touch, a line for each kind. */
  touches: string[];
}

/** A template in the person's language; what an agent of it may touch in full, or as much as fits on a card. */
export function useTemplateTexts(): (template: Template, amount?: 'all' | 'some') => TemplateTexts {
  const { t, locale } = useTranslation();
  const list = (names: readonly string[]) => new Intl.ListFormat(locale).format(names);
  return (template, amount = 'some') => ({
    ...wordsOf(t, template),
    touches: touchesOf({ t, list }, template, amount),
  });
}

function wordsOf(t: Translate, { id, name, description, suggestedTagline, greetingMessage }: Template) {
  if (!hasText(`templates.words.${id}.name`))
    return { name, description, tagline: suggestedTagline, greeting: greetingMessage };
  const word = (field: string) => t(`templates.words.${id}.${field}` as TextKey);
  return {
    name: word('name'),
    description: word('description'),
    tagline: suggestedTagline === null ? null : word('tagline'),
    greeting: word('greeting'),
  };
}

interface Words {
  t: Translate;
  list: (names: readonly string[]) => string;
}

function touchesOf({ t, list }: Words, template: Template, amount: 'all' | 'some'): string[] {
  const { allowedTools, needsDirectory, permissions } = template;
  const files = needsDirectory
    ? [t('templates.documents')]
    : allowedTools.includes(fileReadingTool)
      ? [t('templates.attachments')]
      : [];
  if (!permissions) return files.length > 0 ? files : [t('templates.nothing')];
  const { needed, wanted } = permissions;
  const lineOf = (kind: 'reads' | 'changes', is: (operation: Operation) => boolean) => {
    const sure = modelsIn(needed, is);
    const maybe = modelsIn(wanted, is).filter((model) => !sure.includes(model));
    if (sure.length + maybe.length === 0) return [];
    const namesOf = (models: readonly string[]) => list(models.map((model) => nameOfModel(t, model)));
    const [named, maybeNamed] = [namesOf(sure), namesOf(maybe)];
    if (maybe.length === 0) return [t(`templates.${kind}`, { models: named })];
    if (sure.length === 0)
      return [t(`templates.${kind}`, { models: t('templates.onlyWanted', { wanted: maybeNamed }) })];
    return [
      t(`templates.${kind}`, {
        models:
          amount === 'all'
            ? t('templates.wanted', { models: named, wanted: maybeNamed })
            : t('templates.more', { models: named, count: maybe.length }),
      }),
    ];
  };
  const changes = lineOf('changes', (operation) => operation !== 'read');
  return [
    ...files,
    ...lineOf('reads', (operation) => operation === 'read'),
    ...(changes.length > 0 ? changes : [t('templates.readsOnly')]),
  ];
}

const modelsIn = (permissions: readonly ModelPermission[], is: (operation: Operation) => boolean) => [
  ...new Set(permissions.filter(({ operation }) => is(operation)).map(({ model }) => model)),
];

function nameOfModel(t: Translate, model: string): string {
  const key = `templates.models.${model.replaceAll('.', '_')}`;
  return hasText(key) ? t(key as TextKey) : model;
}
