import { useTranslation } from '../../../texts/language.ts';
import type { Operation } from '../../../../contract/integrations.ts';
import { actionNeeds, odooActions, toolsFor } from './odoo-tools.ts';

/** What holds in one connection, with the models' names. */
export interface OdooPermissions {
  connection: string;
  models: readonly { model: string; name: string; operations: readonly Operation[] }[];
}

/** More models than these are counted, not named. */
const named = 6;

/** Sentences that continue "This agent can …", one for each set of operations in a connection. */
export function useOdooSentences({
  tools,
  asking,
  odoo,
}: {
  tools: readonly string[];
  asking: readonly string[];
  odoo: readonly OdooPermissions[];
}): string[] {
  const { t, locale } = useTranslation();
  const list = (entries: readonly string[]) => new Intl.ListFormat(locale).format(entries);
  const grantedFor = (operation: Operation) => toolsFor[operation].filter((tool) => tools.includes(tool));

  /** The operation as a word, if a tool for it is there. */
  const wordOf = (operation: Operation): string[] => {
    const granted = grantedFor(operation);
    if (granted.length === 0) return [];
    const word = t(`integrations.operations.${operation}`);
    return [granted.every((tool) => asking.includes(tool)) ? `${word} (${t('agents.asksFirst')})` : word];
  };
  const namesOf = (names: readonly string[]) => {
    if (names.length <= named + 1) return list(names);
    return list([...names.slice(0, named), t('integrations.canMore', { count: names.length - named })]);
  };

  const sentences = odoo.flatMap(({ connection, models }) => {
    const bySet = new Map<string, string[]>();
    for (const { name, operations } of models) {
      const words = operations.flatMap(wordOf);
      if (words.length > 0) bySet.set(list(words), [...(bySet.get(list(words)) ?? []), name]);
    }
    return [...bySet].map(([operations, names]) =>
      t('integrations.canInOdoo', { connection, operations, models: namesOf(names) }),
    );
  });
  const attaches =
    tools.includes('odoo_attach_file') &&
    odoo.some(({ models }) => models.some(({ operations }) => operations.includes('write')));
  const marked = (tool: string, sentence: string) =>
    asking.includes(tool) ? `${sentence} (${t('agents.asksFirst')})` : sentence;
  const acts = odooActions.filter((tool) => {
    const isHeld = ([model, operation]: readonly [string | undefined, Operation]) =>
      odoo.some(({ models }) =>
        models.some((held) => (model === undefined || held.model === model) && held.operations.includes(operation)),
      );
    return tools.includes(tool) && actionNeeds[tool].every(isHeld);
  });
  return [
    ...sentences,
    ...(attaches ? [marked('odoo_attach_file', t('integrations.canAttach'))] : []),
    ...acts.map((tool) => marked(tool, t(`integrations.canAct.${tool}`))),
  ];
}
