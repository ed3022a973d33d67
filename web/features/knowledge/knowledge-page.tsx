import { Button } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { RefreshCw } from 'lucide-react';
import { useTranslation } from '../../texts/language.ts';
import { Page } from '../../ui/page.tsx';
import { DirectorySection } from './directory-section.tsx';
import { dataRoot, type KnowledgeSearch } from './knowledge-search.ts';
import { RankingSection } from './ranking-section.tsx';
import { SearchSection } from './search-section.tsx';
import { SemanticSection } from './semantic-section.tsx';
import { UnreadableSection } from './unreadable-section.tsx';
import { useReindex } from './use-reindex.ts';

const route = getRouteApi('/shell/knowledge');

export function KnowledgePage() {
  const { t } = useTranslation();
  const reindex = useReindex();
  const { directory = dataRoot, page = 1 }: KnowledgeSearch = route.useSearch();
  return (
    <Page
      title={t('knowledge.title')}
      description={t('knowledge.description')}
      actions={
        <Button variant="default" leftSection={<RefreshCw size={16} aria-hidden />} onClick={() => reindex()}>
          {t('knowledge.reindexAll')}
        </Button>
      }
    >
      <DirectorySection key={`content of ${directory}`} directory={directory} page={page} />
      <SearchSection />
      <SemanticSection />
      <UnreadableSection key={`unreadable in ${directory}`} directory={directory} />
      <RankingSection />
    </Page>
  );
}
