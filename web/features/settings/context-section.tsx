import { queryOptions, useQuery } from '@tanstack/react-query';
import { useTranslation } from '../../texts/language.ts';
import { call } from '../../api/client.ts';
import { ContextEditor } from './context-editor.tsx';

const contextQuery = queryOptions({
  queryKey: ['organisation-context'],
  queryFn: async ({ signal }) => (await call('getContext', { signal })).content,
});

/** What every shared agent knows about the organisation. */
export function ContextSection() {
  const { t } = useTranslation();
  const query = useQuery(contextQuery);
  return (
    <ContextEditor
      title={t('settings.context.title')}
      hint={t('settings.context.hint')}
      placeholder={t('settings.context.placeholder')}
      query={query}
      queryKey={contextQuery.queryKey}
      save={(content) => call('putContext', { body: { content } })}
    />
  );
}
