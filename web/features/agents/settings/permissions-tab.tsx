import { Alert, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { useTranslation } from '../../../texts/language.ts';
import type { Agent } from '../../../../contract/agents.ts';
import { FormAlert } from '../../../ui/form-alert.tsx';
import { messageOf } from '../../../ui/notify.ts';
import { QueryState } from '../../../ui/query-state.tsx';
import { SaveBar } from '../../../ui/save-bar.tsx';
import { Section } from '../../../ui/section.tsx';
import { integrationsQuery } from '../../settings/integrations/integration-queries.ts';
import { toolsQuery } from '../agent-queries.ts';
import { DirectoryPicker } from '../directory-picker.tsx';
import { ConnectionsSection } from './connections-section.tsx';
import { knownModels, modelsOf } from './grant.ts';
import { canUse } from './odoo-tools.ts';
import { fileTools } from './permission-difference.ts';
import { usePermissionDraft } from './permission-draft.ts';
import { PermissionSummary } from './permission-summary.tsx';
import { ToolSection } from './tool-section.tsx';
import { WebDomains } from './web-domains.tsx';
import { WebMeetsData } from './web-meets-data.tsx';

export function PermissionsTab({ agent }: { agent: Agent }) {
  const { t } = useTranslation();
  const query = useQuery(toolsQuery);
  const { data: connections = [] } = useQuery(integrationsQuery);
  const draft = usePermissionDraft(agent);
  const { tools, paths, asking, domains, save } = draft;

  const odoo = draft.integrations
    .filter((integration) => integration.type === 'odoo' && draft.grantFor(integration).enabled)
    .map((integration) => {
      const connection = connections.find(({ id }) => id === integration.connectionId);
      const known = connection && knownModels(connection);
      const models = modelsOf(draft.grantFor(integration), known);
      return {
        connection: integration.name,
        models: models.map(({ model, operations }) => ({ model, name: known?.get(model)?.name ?? model, operations })),
      };
    });
  const usesFiles = tools.some((id) => fileTools.has(id));
  const readsFiles = usesFiles && paths.length > 0;
  const readsOdoo =
    canUse('read', tools) && odoo.some(({ models }) => models.some(({ operations }) => operations.includes('read')));
  const searches = tools.includes('pinchy_web_search');
  const reachesWeb = searches || tools.includes('pinchy_web_fetch');
  const hasDomains = domains.allowed.length + domains.denied.length + domains.hosts.length > 0;

  return (
    <>
      <QueryState query={query} lines={5}>
        {(known) => (
          <>
            <PermissionSummary
              tools={tools}
              known={known}
              paths={paths}
              asking={asking}
              domains={domains}
              odoo={odoo}
            />
            {reachesWeb && (readsFiles || readsOdoo) && (
              <WebMeetsData
                readsFiles={readsFiles}
                readsOdoo={readsOdoo}
                isLimited={!searches && domains.allowed.length > 0}
              />
            )}
            <ToolSection
              known={known}
              granted={tools}
              onChange={draft.setTools}
              asking={asking}
              onAskingChange={draft.setAsking}
              allowable={draft.allowable}
              onAllowableChange={draft.setAllowable}
              allowsOdoo={odoo.some(({ models }) => models.length > 0)}
            />
          </>
        )}
      </QueryState>
      <Section title={t('agents.directories')} description={t('agents.directoriesHint')}>
        <Stack>
          {tools.includes('pinchy_read') && paths.length === 0 && (
            <Alert color="yellow" variant="light" icon={<TriangleAlert size={18} aria-hidden />}>
              {t('agents.warnNoDirectories')}
            </Alert>
          )}
          {!usesFiles && paths.length > 0 && (
            <Alert color="yellow" variant="light" icon={<TriangleAlert size={18} aria-hidden />}>
              {t('agents.warnNoReading')}
            </Alert>
          )}
          <DirectoryPicker value={paths} onChange={draft.setPaths} />
        </Stack>
      </Section>
      <ConnectionsSection agentId={agent.id} tools={tools} grantFor={draft.grantFor} onChange={draft.setGrant} />
      {(reachesWeb || hasDomains) && <WebDomains value={domains} onChange={draft.setDomains} counts={reachesWeb} />}
      <Stack mt="md">
        <FormAlert message={save.isError ? messageOf(save.error) : null} />
      </Stack>
      <SaveBar
        dirty={draft.changes.length > 0}
        saving={save.isPending}
        onSave={() => save.mutate()}
        onDiscard={draft.discard}
        summary={draft.changes.join(' · ')}
        disabled={!draft.isValid}
      />
    </>
  );
}
