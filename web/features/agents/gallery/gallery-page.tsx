import { Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Plus, Search } from 'lucide-react';
import { useState } from 'react';
import type { Agent } from '../../../../contract/agents.ts';
import { useTranslation } from '../../../texts/language.ts';
import { titleOfTool } from '../../../texts/tool-titles.ts';
import { ButtonLink } from '../../../ui/button-link.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Page } from '../../../ui/page.tsx';
import { QueryState } from '../../../ui/query-state.tsx';
import { useMe } from '../../session/session-queries.ts';
import { groupsQuery } from '../../settings/groups/group-queries.ts';
import { licenceQuery } from '../../settings/licence/licence-queries.ts';
import { groupAgents } from '../agent-order.ts';
import { agentsQuery, agentUseQuery, modelsQuery } from '../agent-queries.ts';
import { AgentCard } from './agent-card.tsx';
import { DuplicateDialog } from './duplicate-dialog.tsx';
import { type Exhibit, findAgents } from './find-agents.ts';
import classes from './gallery.module.css';
import { galleryFilters, galleryOrders, type GallerySearch } from './gallery-search.ts';

const route = getRouteApi('/shell/agents');

/** Whom one can talk to, with what they are for, what they may use and who answers for them. */
export function GalleryPage() {
  const { t } = useTranslation();
  const me = useMe();
  const isAdmin = me.role === 'admin';
  const query = useQuery(agentsQuery);
  const search: GallerySearch = route.useSearch();
  const exhibit = useExhibit(isAdmin);
  const [original, setOriginal] = useState<Agent>();
  return (
    <Page
      wide
      title={t('gallery.title')}
      description={t(isAdmin ? 'gallery.description' : 'gallery.descriptionMember')}
      actions={
        isAdmin && (
          <ButtonLink to="/agents/new" leftSection={<Plus size={16} aria-hidden />}>
            {t('shell.newAgent')}
          </ButtonLink>
        )
      }
    >
      <QueryState query={query} lines={6}>
        {(agents) => {
          const { own, shared } = groupAgents(agents, me);
          const all = [...own, ...shared].map(exhibit);
          const found = findAgents(all, search);
          return (
            <>
              <GalleryFilters search={search} isAdmin={isAdmin} />
              <p className={classes.count} role="status">
                {t('gallery.count', { count: found.length })}
              </p>
              {found.length === 0 ? (
                <EmptyState picture="search" title={t('gallery.noneTitle')}>
                  {t('gallery.noneBody')}
                </EmptyState>
              ) : (
                <ul className={classes.cards} aria-label={t('gallery.title')}>
                  {found.map((shown) => (
                    <AgentCard
                      key={shown.agent.id}
                      exhibit={shown}
                      isAdmin={isAdmin}
                      onDuplicate={() => setOriginal(shown.agent)}
                    />
                  ))}
                </ul>
              )}
            </>
          );
        }}
      </QueryState>
      {original && <DuplicateDialog agent={original} onClose={() => setOriginal(undefined)} />}
    </Page>
  );
}

/** What the page adds to an agent. Names of groups are for admins with a licence, as the groups are. */
function useExhibit(isAdmin: boolean): (agent: Agent) => Exhibit {
  const { t } = useTranslation();
  const { data: uses } = useQuery(agentUseQuery);
  const { data: models } = useQuery(modelsQuery);
  const { data: licence } = useQuery({ ...licenceQuery, enabled: isAdmin });
  const { data: groups } = useQuery({ ...groupsQuery, enabled: isAdmin && licence?.enterprise === true });
  return (agent) => ({
    agent,
    modelName: models?.find(({ id }) => id === agent.model)?.displayName ?? agent.model,
    tools: agent.allowedTools.map((id) => titleOfTool(t, id)),
    groups: (groups ?? []).filter(({ id }) => agent.groupIds.includes(id)).map(({ name }) => name),
    use: uses?.find(({ agentId }) => agentId === agent.id),
  });
}

function GalleryFilters({ search, isAdmin }: { search: GallerySearch; isAdmin: boolean }) {
  const { t } = useTranslation();
  const navigate = route.useNavigate();
  const change = (changes: GallerySearch) => void navigate({ search: { ...search, ...changes }, replace: true });
  return (
    <div className={classes.filters}>
      <TextInput
        type="search"
        className={classes.search}
        aria-label={t('gallery.search')}
        placeholder={t('gallery.search')}
        leftSection={<Search size={16} aria-hidden />}
        value={search.q ?? ''}
        onChange={(event) => change({ q: event.currentTarget.value || undefined })}
      />
      {isAdmin && (
        <Select
          className={classes.choice}
          aria-label={t('gallery.only')}
          data={[
            { value: '', label: t('gallery.filters.all') },
            ...galleryFilters.map((value) => ({ value, label: t(`gallery.filters.${value}`) })),
          ]}
          value={search.only ?? ''}
          onChange={(value) => change({ only: galleryFilters.find((filter) => filter === value) })}
          allowDeselect={false}
        />
      )}
      <Select
        className={classes.choice}
        aria-label={t('gallery.order')}
        data={galleryOrders
          .filter((value) => isAdmin || value !== 'cost')
          .map((value) => ({ value, label: t(`gallery.orders.${value}`) }))}
        value={search.order ?? 'name'}
        onChange={(value) => change({ order: galleryOrders.find((order) => order === value && order !== 'name') })}
        allowDeselect={false}
      />
    </div>
  );
}
