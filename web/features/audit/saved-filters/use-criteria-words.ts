import type { AuditCriteria } from '../../../../contract/saved-filters.ts';
import { useTranslation } from '../../../texts/language.ts';
import { useFormats } from '../../../ui/formats.ts';
import { startOfDay } from '../audit-dates.ts';
import { titleOfEvent } from '../entry-words.ts';
import { useFilterNames } from './use-filter-names.ts';

/** What a filter lets through, in words: "Denied · Mia · Last 7 days". */
export function useCriteriaWords(): (criteria: AuditCriteria) => string {
  const { t, locale } = useTranslation();
  const { date } = useFormats();
  const { people, agents } = useFilterNames();
  const day = (text: string) => {
    const start = startOfDay(text);
    return start === undefined ? text : date(start);
  };
  return ({ topic, search, personId, agentId, eventTypes, status, period, from, to }) => {
    const nameOf = (choices: typeof people, id: string) =>
      choices.find(({ value }) => value === id)?.label ?? t('audit.deleted');
    return [
      topic && t(`trail.topics.${topic}`),
      search && t('filters.saved.text', { text: search }),
      personId && nameOf(people, personId),
      agentId && nameOf(agents, agentId),
      eventTypes &&
        new Intl.ListFormat(locale, { type: 'disjunction' }).format(
          eventTypes.map((type) => titleOfEvent({ t }, type)),
        ),
      status && t(`audit.${status}`),
      period && t(`filters.periods.${period}`),
      from && t('filters.saved.from', { date: day(from) }),
      to && t('filters.saved.to', { date: day(to) }),
    ]
      .filter(Boolean)
      .join(' · ');
  };
}
