import { Group, Switch, Text, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ChevronRight, ShieldAlert } from 'lucide-react';
import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from '../../../texts/language.ts';
import type { ToolDescription } from '../../../../contract/agents.ts';
import { TextLink } from '../../../ui/button-link.tsx';
import { Section } from '../../../ui/section.tsx';
import { integrationsQuery } from '../../settings/integrations/integration-queries.ts';
import classes from '../agents.module.css';
import { useToolTexts } from './tool-texts.ts';

interface ToolSectionProps {
  known: readonly ToolDescription[];
  granted: readonly string[];
  onChange: (granted: string[]) => void;
  asking: readonly string[];
  onAskingChange: (asking: string[]) => void;
  /** Of which people may allow calls for a whole conversation. */
  allowable: readonly string[];
  onAllowableChange: (allowable: string[]) => void;
  /** Whether some Odoo connection gives the agent something to work with. */
  allowsOdoo: boolean;
}

const groups = ['everyday', 'web', 'odoo'] as const;
type ToolGroup = (typeof groups)[number];

function groupOf({ id, integration }: ToolDescription): ToolGroup {
  if (integration === 'odoo') return 'odoo';
  return id.startsWith('pinchy_web_') ? 'web' : 'everyday';
}

export function ToolSection(props: ToolSectionProps) {
  const { known, granted, onChange, asking, onAskingChange, allowable, onAllowableChange, allowsOdoo } = props;
  const { t } = useTranslation();
  const { data: connections } = useQuery(integrationsQuery);
  const toggle = (id: string, on: boolean) => onChange(on ? [...granted, id] : granted.filter((other) => other !== id));
  /** What has to be connected before the tool is of use; nothing while that is not known. */
  const missingFor = ({ integration }: ToolDescription) =>
    (integration === 'odoo' || integration === 'web-search') &&
    connections &&
    !connections.some(({ type }) => type === integration)
      ? integration
      : undefined;
  const rowOf = (tool: ToolDescription) => {
    const missing = missingFor(tool);
    return (
      <ToolRow
        key={tool.id}
        tool={tool}
        on={granted.includes(tool.id)}
        onToggle={(on) => toggle(tool.id, on)}
        asks={asking.includes(tool.id)}
        onAsksToggle={(asks) => onAskingChange(asks ? [...asking, tool.id] : asking.filter((id) => id !== tool.id))}
        allowable={allowable.includes(tool.id)}
        onAllowableToggle={(on) =>
          onAllowableChange(on ? [...allowable, tool.id] : allowable.filter((id) => id !== tool.id))
        }
        note={missing && <NeedsConnection type={missing} />}
        disabled={missing !== undefined}
      />
    );
  };
  const forgotten = granted.filter((id) => !known.some((tool) => tool.id === id));
  return (
    <Section
      title={t('agents.toolsTitle')}
      description={
        <>
          {t('agents.toolsHint')} {t('agents.powerfulHelp')} {t('agents.askFirstHelp')}
        </>
      }
    >
      {groups.map((group) => {
        const tools = known.filter((tool) => groupOf(tool) === group);
        if (tools.length === 0) return null;
        const safe = tools.filter(({ category }) => category === 'safe');
        const powerful = tools.filter(({ category }) => category === 'powerful');
        // Nine switches that do nothing would only be in the way of those that do.
        const isIdle = group === 'odoo' && tools.every((tool) => missingFor(tool) && !granted.includes(tool.id));
        return (
          <ToolGroupFold
            key={group}
            title={t(`integrations.toolGroups.${group}`)}
            on={tools.filter(({ id }) => granted.includes(id)).length}
            total={tools.length}
            startsOpen={group === 'everyday' || isIdle || tools.some(({ id }) => granted.includes(id))}
          >
            {isIdle ? (
              <NeedsConnection type="odoo" />
            ) : (
              <>
                {group === 'odoo' && !allowsOdoo && tools.some(({ id }) => granted.includes(id)) && (
                  <Text size="sm" mt={4}>
                    {t('integrations.toolNeedsAllowing')}
                  </Text>
                )}
                {safe.map(rowOf)}
                {powerful.length > 0 && (
                  <>
                    <Group gap="xs" mt="md">
                      <ShieldAlert size={16} color="var(--mantine-color-orange-light-color)" aria-hidden />
                      <Text fw={600} size="sm">
                        {t('agents.powerful')}
                      </Text>
                    </Group>
                    {powerful.map(rowOf)}
                  </>
                )}
              </>
            )}
          </ToolGroupFold>
        );
      })}
      {forgotten.map((id) => (
        <ToolRow
          key={id}
          tool={{
            id,
            title: id,
            description: t('agents.unknownTool'),
            category: 'safe',
            integration: null,
            destructive: false,
          }}
          on
          onToggle={(on) => toggle(id, on)}
        />
      ))}
    </Section>
  );
}

interface ToolGroupFoldProps {
  title: string;
  on: number;
  total: number;
  startsOpen: boolean;
  children: ReactNode;
}

/** A group of tools under a heading that folds it. */
function ToolGroupFold({ title, on, total, startsOpen, children }: ToolGroupFoldProps) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(startsOpen);
  const id = useId();
  return (
    <section className={classes.toolGroup} aria-label={title}>
      <h3 className={classes.toolGroupTitle}>
        <UnstyledButton
          className={classes.fold}
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setOpen(!isOpen)}
        >
          <ChevronRight size={16} aria-hidden className={classes.chevron} data-open={isOpen || undefined} />
          {title}
          <Text span size="xs" c="dimmed">
            {t('agents.toolsOn', { on, total })}
          </Text>
        </UnstyledButton>
      </h3>
      <div id={id} hidden={!isOpen}>
        {children}
      </div>
    </section>
  );
}

function NeedsConnection({ type }: { type: 'odoo' | 'web-search' }) {
  const { t } = useTranslation();
  return (
    <Text size="sm" mt={4}>
      {t(`integrations.toolNeeds.${type}`)}{' '}
      <TextLink to="/settings" search={{ section: 'integrations' }}>
        {t('integrations.toolNeedsAction')}
      </TextLink>
    </Text>
  );
}

interface ToolRowProps {
  tool: ToolDescription;
  on: boolean;
  onToggle: (on: boolean) => void;
  asks?: boolean;
  onAsksToggle?: (asks: boolean) => void;
  allowable?: boolean;
  onAllowableToggle?: (allowable: boolean) => void;
  note?: ReactNode;
  /** What is on can always be switched off. */
  disabled?: boolean;
}

function ToolRow(props: ToolRowProps) {
  const { tool, on, onToggle, asks = false, onAsksToggle, note, disabled = false } = props;
  const { allowable = false, onAllowableToggle } = props;
  const { t } = useTranslation();
  const { title, description } = useToolTexts()(tool);
  const id = useId();
  return (
    <div className={classes.tool}>
      <div>
        <Text fw={550} size="sm" component="label" htmlFor={id} display="block" w="fit-content">
          {title}
        </Text>
        <Text size="sm" c="dimmed" id={`${id}-description`}>
          {description}
        </Text>
        {note}
        {on && onAsksToggle && (
          <Switch
            size="xs"
            mt={8}
            checked={asks}
            onChange={(event) => onAsksToggle(event.currentTarget.checked)}
            label={t('agents.askFirst')}
            aria-label={`${t('agents.askFirst')}: ${title}`}
          />
        )}
        {on && asks && onAllowableToggle && (
          <Switch
            size="xs"
            mt={8}
            checked={allowable}
            onChange={(event) => onAllowableToggle(event.currentTarget.checked)}
            label={t('approvals.permit')}
            description={t(tool.destructive ? 'approvals.permitDestructive' : 'approvals.permitHint')}
            aria-label={`${t('approvals.permit')}: ${title}`}
          />
        )}
      </div>
      <Switch
        id={id}
        checked={on}
        disabled={disabled && !on}
        onChange={(event) => onToggle(event.currentTarget.checked)}
        aria-describedby={`${id}-description`}
        mt={2}
      />
    </div>
  );
}
