import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from '../../texts/language.ts';
import { Page } from '../../ui/page.tsx';
import { DirectorySection } from './directory-section.tsx';
import { dataRoot, type KnowledgeSearch } from './knowledge-queries.ts';

const route = getRouteApi('/shell/knowledge');

export function KnowledgePage() {
  const { t } = useTranslation();
  const { directory = dataRoot, page = 1 }: KnowledgeSearch = route.useSearch();
  return (
    <Page title={t('knowledge.title')} description={t('knowledge.description')}>
      <DirectorySection key={directory} directory={directory} page={page} />
    </Page>
  );
}
