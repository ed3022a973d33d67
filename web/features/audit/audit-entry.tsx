import { Badge, Button, Code, Drawer, Group, Stack, Text, UnstyledButton } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useSentences } from '../../sentences/sentences.ts';
import { useTranslation } from '../../texts/language.ts';
import { visibleText } from '../../../contract/visible-text.ts';
import type { AuditEntry } from '../../../contract/audit.ts';
import { uuidPattern } from '../../../contract/uuid-pattern.ts';
import { TextLink } from '../../ui/button-link.tsx';
import type { SectionName } from '../settings/section-names.ts';
import { moment } from './audit-formats.ts';
import classes from './audit.module.css';
import { withAmounts } from './budget-entries.ts';
import { changesOf, fieldInside, fieldLabel, lineOf, valueText, type Words } from './entry-words.ts';
import { useWords } from './use-words.ts';

interface AuditEntryDrawerProps {
  entry: AuditEntry | undefined;
  onShowRun: (runId: string) => void;
  onClose: () => void;
}

/** Everything about one entry, in the order in which people ask: did it work, what changed, the rest. */
export function AuditEntryDrawer({ entry, onShowRun, onClose }: AuditEntryDrawerProps) {
  const { t } = useTranslation();
  return (
    <Drawer
      opened={entry !== undefined}
      onClose={onClose}
      position="right"
      size="md"
      title={entry && t('audit.entry', { id: entry.id })}
    >
      {entry && <EntryBody key={entry.id} entry={entry} onShowRun={onShowRun} />}
    </Drawer>
  );
}

function EntryBody({ entry, onShowRun }: { entry: AuditEntry; onShowRun: (runId: string) => void }) {
  const { t } = useTranslation();
  const say = useSentences();
  const words = useWords();
  const [showsIds, setShowsIds] = useState(false);
  const told = withAmounts(words, entry);
  const changes = changesOf(words, told);
  const details = detailsOf(words, told);
  const { runId } = entry;
  return (
    <Stack gap="lg">
      <div>
        <Text fw={600}>{lineOf(words, entry)}</Text>
        <Text size="sm" c="dimmed">
          {moment(entry.timestamp)} · <Actor entry={entry} />
        </Text>
        {namesResource(entry) && (
          <Text size="sm" c="dimmed">
            <Resource entry={entry} />
          </Text>
        )}
      </div>
      {entry.outcome === 'failure' && (
        <div>
          <Badge color="red" variant="light">
            {t('audit.failure')}
          </Badge>
          {entry.error && (
            <>
              <Text fw={600} size="sm" mt={6}>
                {t('audit.reason')}
              </Text>
              <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
                {say(visibleText(entry.error))}
              </Text>
            </>
          )}
        </div>
      )}
      {changes.length > 0 && (
        <Facts title={t('audit.changed')} facts={changes.map(({ field, label, text }) => [field, label, text])} />
      )}
      {details.length > 0 && <Facts title={t('audit.details')} facts={details} />}
      <Group gap="sm">
        {runId !== null && (
          <Button size="sm" variant="light" onClick={() => onShowRun(runId)}>
            {t('trail.run')}
          </Button>
        )}
        <UnstyledButton fz="sm" td="underline" aria-expanded={showsIds} onClick={() => setShowsIds(!showsIds)}>
          {t(showsIds ? 'trail.hideIds' : 'trail.showIds')}
        </UnstyledButton>
      </Group>
      {showsIds && <Technical entry={entry} />}
    </Stack>
  );
}

function Facts({ title, facts }: { title: string; facts: readonly (readonly [string, string, ReactNode])[] }) {
  return (
    <div>
      <Text fw={600} size="sm" mb={6}>
        {title}
      </Text>
      <dl className={classes.facts}>
        {facts.map(([key, label, text]) => (
          <Fact key={key} label={label}>
            {text}
          </Fact>
        ))}
      </dl>
    </div>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** As it was signed. */
function Technical({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation();
  const blocks = [
    [t('trail.event'), [entry.eventType, entry.actorId, entry.resource].filter(Boolean).join('\n')],
    [t('trail.raw'), JSON.stringify(entry.detail, undefined, 2)],
    [t('audit.signature'), entry.rowHmac],
  ] as const;
  return (
    <Stack gap="md">
      {blocks.map(([title, text]) => (
        <div key={title}>
          <Text fw={600} size="sm" mb={4}>
            {title}
          </Text>
          <Code block style={{ wordBreak: 'break-all', whiteSpace: 'pre-wrap' }}>
            {visibleText(text)}
          </Code>
        </div>
      ))}
    </Stack>
  );
}

/** `toolId` is what `tool` says already, and `scopeId` what `name` says. */
const hidden: ReadonlySet<string> = new Set(['changes', 'emailHash', 'toolId', 'scopeId']);
/** What was before comes before what is after. */
const order = ['from', 'to'];

/** What people can read: an id that has a name is shown by it, any other only on request. */
function detailsOf(words: Words, { eventType, detail, error, names }: AuditEntry): [string, string, string][] {
  // Of an export the detail is the filter itself.
  const labelOf = (key: string) =>
    fieldLabel(words.t, eventType === 'audit.exported' ? fieldInside('filter', key) : key);
  const isBare = (value: unknown) => typeof value === 'string' && uuidPattern.test(value) && names[value] === undefined;
  return Object.entries(detail)
    .toSorted(([one], [other]) => rankOf(one) - rankOf(other))
    .filter(([key, value]) => !hidden.has(key) && !isBare(value) && !isCallId(key) && value !== error)
    .map(([key, value]) => [key, labelOf(key), valueText(words, key, value, names)]);
}

const rankOf = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length);

/** A provider names its calls as it likes. */
const isCallId = (key: string) => key === 'toolCallId' || key === 'botId';

function Actor({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation();
  if (entry.actorType === 'system') return <>{t('audit.system')}</>;
  const name = entry.actorName ?? t('trail.somebody');
  if (entry.actorType === 'agent' && entry.actorId && !entry.actorDeleted)
    return <AgentLink id={entry.actorId} name={name} />;
  if (entry.actorType === 'user' && !entry.actorDeleted) return <SectionLink section="users" name={name} />;
  return (
    <>
      {name}
      {entry.actorDeleted && ` (${t('audit.deleted')})`}
    </>
  );
}

/** What an agent itself did is about that agent, which stands above. */
function namesResource({ actorType, actorId, resource, resourceName }: AuditEntry): boolean {
  if (!resource || !resourceName || resource.startsWith('conversation:')) return false;
  return !(actorType === 'agent' && resource === `agent:${actorId}`);
}

function Resource({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation();
  const [kind, id] = entry.resource?.split(':') ?? [];
  const name = entry.resourceName ?? '';
  if (kind === 'agent' && id && !entry.resourceDeleted) return <AgentLink id={id} name={name} />;
  const section = kind && id && !entry.resourceDeleted ? sectionOf[kind] : undefined;
  if (section) return <SectionLink section={section} name={name} />;
  return (
    <>
      {name}
      {entry.resourceDeleted && ` (${t('audit.deleted')})`}
    </>
  );
}

/** Where the settings keep what an entry is about. */
const sectionOf: Partial<Record<string, SectionName>> = {
  user: 'users',
  invite: 'users',
  group: 'groups',
  integration: 'integrations',
  provider: 'providers',
};

function SectionLink({ section, name }: { section: SectionName; name: string }) {
  return (
    <TextLink to="/settings" search={{ section }} size="sm">
      {name}
    </TextLink>
  );
}

function AgentLink({ id, name }: { id: string; name: string }) {
  return (
    <TextLink to="/chat/$agentId" params={{ agentId: id }} size="sm">
      {name}
    </TextLink>
  );
}
