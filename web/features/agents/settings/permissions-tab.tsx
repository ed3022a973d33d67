import { Alert, Badge, Group, Stack, Switch, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ShieldAlert, TriangleAlert } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from '../../../texts/language.ts';
import type { Agent, ToolDescription } from '../../../../contract/agents.ts';
import { FormAlert } from '../../../ui/form-alert.tsx';
import { messageOf } from '../../../ui/notify.ts';
import { QueryState } from '../../../ui/query-state.tsx';
import { SaveBar } from '../../../ui/save-bar.tsx';
import { Section } from '../../../ui/section.tsx';
import { toolsQuery } from '../agent-queries.ts';
import classes from '../agents.module.css';
import { DirectoryPicker } from '../directory-picker.tsx';
import { useUpdateAgent } from '../use-update-agent.ts';
import { PermissionSummary } from './permission-summary.tsx';
import { askingFirst, differing, fileTools } from './permission-difference.ts';
import { useToolTexts } from './tool-texts.ts';

export function PermissionsTab({ agent }: { agent: Agent }) {
  const { t } = useTranslation();
  const query = useQuery(toolsQuery);
  const update = useUpdateAgent(agent.id);
  const savedPaths = agent.pluginConfig.allowed_paths ?? [];
  const [tools, setTools] = useState<readonly string[]>(agent.allowedTools);
  const [paths, setPaths] = useState<readonly string[]>(savedPaths);
  const [chosenAsking, setAsking] = useState<readonly string[] | undefined>(agent.pluginConfig.ask_first);
  const savedAsking = askingFirst(agent.pluginConfig.ask_first, query.data ?? []);
  const asking = askingFirst(chosenAsking, query.data ?? []);
  const changedAsking = differing(savedAsking, asking);
  const changedTools = differing(agent.allowedTools, tools);
  const changedPaths = differing(savedPaths, paths);

  const save = () =>
    update.mutate(
      {
        ...(changedTools > 0 ? { allowedTools: [...tools] } : {}),
        ...(changedPaths + changedAsking > 0
          ? {
              pluginConfig: {
                ...agent.pluginConfig,
                ...(changedPaths > 0 && { allowed_paths: [...paths] }),
                ...(chosenAsking && { ask_first: asking.filter((id) => query.data?.some((tool) => tool.id === id)) }),
              },
            }
          : {}),
      },
      {
        onSuccess: (saved) => {
          setTools(saved.allowedTools);
          setPaths(saved.pluginConfig.allowed_paths ?? []);
          setAsking(saved.pluginConfig.ask_first);
        },
      },
    );
  const discard = () => {
    setTools(agent.allowedTools);
    setPaths(savedPaths);
    setAsking(agent.pluginConfig.ask_first);
    update.reset();
  };
  const readsFiles = tools.some((id) => fileTools.has(id));
  const changes = [
    changedTools > 0 && t('agents.changesTools', { count: changedTools }),
    changedAsking > 0 && t('agents.changesAsking', { count: changedAsking }),
    changedPaths > 0 && t('agents.changesDirectories', { count: changedPaths }),
  ].filter((change) => change !== false);

  return (
    <>
      <QueryState query={query} lines={5}>
        {(known) => (
          <>
            <PermissionSummary tools={tools} known={known} paths={paths} asking={asking} />
            <ToolSection known={known} granted={tools} onChange={setTools} asking={asking} onAskingChange={setAsking} />
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
          {!readsFiles && paths.length > 0 && (
            <Alert color="yellow" variant="light" icon={<TriangleAlert size={18} aria-hidden />}>
              {t('agents.warnNoReading')}
            </Alert>
          )}
          <DirectoryPicker value={paths} onChange={setPaths} />
        </Stack>
      </Section>
      <Stack mt="md">
        <FormAlert message={update.isError ? messageOf(update.error) : null} />
      </Stack>
      <SaveBar
        dirty={changes.length > 0}
        saving={update.isPending}
        onSave={save}
        onDiscard={discard}
        summary={changes.join(', ')}
      />
    </>
  );
}

interface ToolSectionProps {
  known: readonly ToolDescription[];
  granted: readonly string[];
  onChange: (granted: string[]) => void;
  asking: readonly string[];
  onAskingChange: (asking: string[]) => void;
}

function ToolSection({ known, granted, onChange, asking, onAskingChange }: ToolSectionProps) {
  const { t } = useTranslation();
  const toggle = (id: string, on: boolean) => onChange(on ? [...granted, id] : granted.filter((other) => other !== id));
  const rowOf = (tool: ToolDescription) => (
    <ToolRow
      key={tool.id}
      tool={tool}
      on={granted.includes(tool.id)}
      onToggle={(on) => toggle(tool.id, on)}
      asks={asking.includes(tool.id)}
      onAsksToggle={(asks) => onAskingChange(asks ? [...asking, tool.id] : asking.filter((id) => id !== tool.id))}
    />
  );
  const safe = known.filter(({ category }) => category === 'safe');
  const powerful = known.filter(({ category }) => category === 'powerful');
  const forgotten = granted.filter((id) => !known.some((tool) => tool.id === id));
  return (
    <Section title={t('agents.toolsTitle')} description={t('agents.toolsHint')}>
      {safe.map(rowOf)}
      {powerful.length > 0 && (
        <>
          <Group gap="xs" mt="lg">
            <ShieldAlert size={16} aria-hidden />
            <Text fw={600} size="sm">
              {t('agents.powerful')}
            </Text>
          </Group>
          <Text size="sm" c="dimmed">
            {t('agents.powerfulHint')}
          </Text>
          {powerful.map(rowOf)}
        </>
      )}
      {forgotten.map((id) => (
        <ToolRow
          key={id}
          tool={{ id, title: id, description: t('agents.unknownTool'), category: 'safe', integration: null }}
          on
          onToggle={(on) => toggle(id, on)}
        />
      ))}
    </Section>
  );
}

interface ToolRowProps {
  tool: ToolDescription;
  on: boolean;
  onToggle: (on: boolean) => void;
  asks?: boolean;
  onAsksToggle?: (asks: boolean) => void;
}

function ToolRow({ tool, on, onToggle, asks = false, onAsksToggle }: ToolRowProps) {
  const { t } = useTranslation();
  const { title, description } = useToolTexts()(tool);
  const id = useId();
  return (
    <div className={classes.tool}>
      <div>
        <Group gap="xs">
          <Text fw={550} size="sm" component="label" htmlFor={id}>
            {title}
          </Text>
          {tool.category === 'powerful' && (
            <Badge size="sm" color="orange" variant="light">
              {t('agents.powerful')}
            </Badge>
          )}
        </Group>
        <Text size="sm" c="dimmed" id={`${id}-description`}>
          {description}
        </Text>
        {on && onAsksToggle && (
          <Switch
            size="xs"
            mt={8}
            checked={asks}
            onChange={(event) => onAsksToggle(event.currentTarget.checked)}
            label={t('agents.askFirst')}
            description={t('agents.askFirstHint')}
            aria-label={`${t('agents.askFirst')}: ${title}`}
          />
        )}
      </div>
      <Switch
        id={id}
        checked={on}
        onChange={(event) => onToggle(event.currentTarget.checked)}
        aria-describedby={`${id}-description`}
        mt={2}
      />
    </div>
  );
}
