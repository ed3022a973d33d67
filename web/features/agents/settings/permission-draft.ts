import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Agent } from '../../../../contract/agents.ts';
import type { AgentIntegration } from '../../../../contract/integrations.ts';
import type { BodyOf } from '../../../api/client.ts';
import { call } from '../../../api/client.ts';
import { useTranslation } from '../../../texts/language.ts';
import { notifyDone } from '../../../ui/notify.ts';
import { agentIntegrationsQuery, integrationKeys } from '../../settings/integrations/integration-queries.ts';
import { toolsQuery } from '../agent-queries.ts';
import { useUpdateAgent } from '../use-update-agent.ts';
import { type Domains, domainsOf, isDomain, isHost } from './domains.ts';
import { bodyOfGrant, type Grant, grantOf, isSameGrant } from './grant.ts';
import { askingFirst, difference, differing, nameOfDirectory } from './permission-difference.ts';
import { useToolTexts } from './tool-texts.ts';

/** The permissions as they stand on the page, what differs from the stored ones, and how to store them. */
export function usePermissionDraft(agent: Agent) {
  const { t, locale } = useTranslation();
  const textsOf = useToolTexts();
  const { data: known = [] } = useQuery(toolsQuery);
  const { data: integrations = [] } = useQuery(agentIntegrationsQuery(agent.id));
  const update = useUpdateAgent(agent.id);
  const queryClient = useQueryClient();

  const savedPaths = agent.pluginConfig.allowed_paths ?? [];
  const savedDomains = domainsOf(agent);
  // Only what was touched: the rest is as it is stored, also when somebody else changes it while the page is open.
  const [chosenTools, setTools] = useState<readonly string[]>();
  const [chosenPaths, setPaths] = useState<readonly string[]>();
  const [chosenAsking, setAsking] = useState<readonly string[]>();
  const [chosenAllowable, setAllowable] = useState<readonly string[]>();
  const [chosenDomains, setChosenDomains] = useState<Partial<Domains>>({});
  const [grants, setGrants] = useState<Readonly<Record<string, Grant>>>({});

  const tools = chosenTools ?? agent.allowedTools;
  const paths = chosenPaths ?? savedPaths;
  const asking = askingFirst(chosenAsking ?? agent.pluginConfig.ask_first, known);
  const savedAllowable = agent.pluginConfig.allow_always ?? [];
  const allowable = chosenAllowable ?? savedAllowable;
  const domains = { ...savedDomains, ...chosenDomains };
  const setDomains = (next: Domains) =>
    setChosenDomains((chosen) => ({
      ...chosen,
      ...(differing(domains.allowed, next.allowed) > 0 && { allowed: next.allowed }),
      ...(differing(domains.denied, next.denied) > 0 && { denied: next.denied }),
      ...(differing(domains.hosts, next.hosts) > 0 && { hosts: next.hosts }),
    }));
  const forgetChoices = () => {
    setTools(undefined);
    setPaths(undefined);
    setAsking(undefined);
    setAllowable(undefined);
    setChosenDomains({});
  };
  const toolChanges = difference(agent.allowedTools, tools);
  const pathChanges = difference(savedPaths, paths);
  const changedTools = toolChanges.added.length + toolChanges.removed.length;
  const changedPaths = pathChanges.added.length + pathChanges.removed.length;
  const changedAsking = differing(askingFirst(agent.pluginConfig.ask_first, known), asking);
  const changedAllowable = differing(savedAllowable, allowable);
  const changedAllowed = differing(savedDomains.allowed, domains.allowed);
  const changedDenied = differing(savedDomains.denied, domains.denied);
  const changedHosts = differing(savedDomains.hosts, domains.hosts);
  const changedDomains = changedAllowed + changedDenied + changedHosts;
  const grantFor = (integration: AgentIntegration) => grants[integration.connectionId] ?? grantOf(integration);
  const changedGrants = integrations.filter((integration) => !isSameGrant(grantOf(integration), grantFor(integration)));

  const list = (names: readonly string[]) => new Intl.ListFormat(locale).format(names);
  const titles = (ids: readonly string[]) =>
    list(
      ids.map((id) => {
        const tool = known.find((other) => other.id === id);
        return tool ? textsOf(tool).title : id;
      }),
    );
  const places = (changed: readonly string[]) => list(changed.map(nameOfDirectory));
  const changes = [
    toolChanges.added.length > 0 && t('agents.switchedOn', { names: titles(toolChanges.added) }),
    toolChanges.removed.length > 0 && t('agents.switchedOff', { names: titles(toolChanges.removed) }),
    changedAsking > 0 && t('agents.changesAsking', { count: changedAsking }),
    changedAllowable > 0 && t('approvals.changesPermitted', { count: changedAllowable }),
    pathChanges.added.length > 0 && t('agents.directoriesAdded', { names: places(pathChanges.added) }),
    pathChanges.removed.length > 0 && t('agents.directoriesRemoved', { names: places(pathChanges.removed) }),
    changedGrants.length > 0 && t('integrations.changed', { count: changedGrants.length }),
    changedDomains > 0 && t('integrations.webChanged'),
  ].filter((change) => change !== false);

  function agentChanges(): BodyOf<'updateAgent'> | undefined {
    const isConfigChanged = changedPaths + changedAsking + changedAllowable + changedDomains > 0;
    if (changedTools === 0 && !isConfigChanged) return undefined;
    return {
      ...(changedTools > 0 && { allowedTools: [...tools] }),
      ...(isConfigChanged && {
        // What is not named stays as it is stored, also what somebody else has changed meanwhile.
        pluginConfig: {
          ...(changedPaths > 0 && { allowed_paths: [...paths] }),
          ...(changedAsking > 0 && { ask_first: asking.filter((id) => known.some((tool) => tool.id === id)) }),
          ...(changedAllowable > 0 && { allow_always: [...allowable] }),
          ...(changedAllowed > 0 && { web_allowed_domains: [...domains.allowed] }),
          ...(changedDenied > 0 && { web_denied_domains: [...domains.denied] }),
          ...(changedHosts > 0 && { web_private_hosts: [...domains.hosts] }),
        },
      }),
    };
  }

  const save = useMutation({
    mutationFn: async () => {
      for (const integration of changedGrants) {
        const { connectionId } = integration;
        const stored = await call('updateAgentIntegration', {
          params: { agentId: agent.id },
          body: bodyOfGrant(integration, grantFor(integration)),
        });
        queryClient.setQueryData(integrationKeys.ofAgent(agent.id), stored);
        setGrants(({ [connectionId]: _stored, ...others }) => others);
      }
      const body = agentChanges();
      if (!body) {
        notifyDone(t('agents.saved'));
        return;
      }
      await update.mutateAsync(body);
      forgetChoices();
    },
  });
  const discard = () => {
    forgetChoices();
    setGrants({});
    save.reset();
  };

  return {
    tools,
    setTools,
    paths,
    setPaths,
    asking,
    setAsking,
    allowable,
    setAllowable,
    domains,
    setDomains,
    integrations,
    grantFor,
    setGrant: (connectionId: string, grant: Grant) => setGrants((others) => ({ ...others, [connectionId]: grant })),
    changes,
    isValid: [...domains.allowed, ...domains.denied].every(isDomain) && domains.hosts.every(isHost),
    save,
    discard,
  };
}
