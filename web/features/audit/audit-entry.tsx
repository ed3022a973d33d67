import { Badge, Code, Drawer, Stack, Table, Text } from '@mantine/core';
import { useTranslation } from '../../texts/language.ts';
import { visibleText } from '../../../contract/visible-text.ts';
import type { AuditEntry } from '../../../contract/audit.ts';
import { TextLink } from '../../ui/button-link.tsx';
import type { SectionName } from '../settings/section-names.ts';
import { moment } from './audit-formats.ts';

/** Everything about one entry, in the order in which people ask: did it work, what changed, the rest. */
export function AuditEntryDrawer({ entry, onClose }: { entry: AuditEntry | undefined; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Drawer
      opened={entry !== undefined}
      onClose={onClose}
      position="right"
      size="md"
      title={entry && t('audit.entry', { id: entry.id })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {entry && <EntryBody entry={entry} />}
    </Drawer>
  );
}

function EntryBody({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation();
  const { changes, ...details } = entry.detail as { changes?: Record<string, { from: unknown; to: unknown }> };
  return (
    <Stack gap="lg">
      <div>
        <Text fw={600}>{entry.eventType}</Text>
        <Text size="sm" c="dimmed">
          {moment(entry.timestamp)} · <Actor entry={entry} />
        </Text>
        {entry.resource && (
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
                {visibleText(entry.error)}
              </Text>
            </>
          )}
        </div>
      )}
      {changes && (
        <div>
          <Text fw={600} size="sm" mb={4}>
            {t('audit.changed')}
          </Text>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('audit.field')}</Table.Th>
                <Table.Th>{t('audit.before')}</Table.Th>
                <Table.Th>{t('audit.after')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {Object.entries(changes).map(([field, { from, to }]) => (
                <Table.Tr key={field}>
                  <Table.Td>{field}</Table.Td>
                  <Table.Td>
                    <Value value={from} />
                  </Table.Td>
                  <Table.Td>
                    <Value value={to} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
      {Object.keys(details).length > 0 && (
        <div>
          <Text fw={600} size="sm" mb={4}>
            {t('audit.details')}
          </Text>
          <Table>
            <Table.Tbody>
              {Object.entries(details).map(([key, value]) => (
                <Table.Tr key={key}>
                  <Table.Th scope="row" fw={500} w={150}>
                    {key}
                  </Table.Th>
                  <Table.Td>
                    <Value value={value} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
      <div>
        <Text fw={600} size="sm" mb={4}>
          {t('audit.signature')}
        </Text>
        <Code block style={{ wordBreak: 'break-all', whiteSpace: 'pre-wrap' }}>
          {entry.rowHmac}
        </Code>
      </div>
    </Stack>
  );
}

export function Actor({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation();
  if (entry.actorType === 'system') return <>{t('audit.system')}</>;
  const name = entry.actorName ?? entry.actorId ?? '';
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

export function Resource({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation();
  const [kind, id] = entry.resource?.split(':') ?? [];
  const name = entry.resourceName ?? (kind && id ? `${kind} ${id.slice(0, shortId)}` : '');
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
    <TextLink to="/settings" search={{ section }} size="sm" onClick={(event) => event.stopPropagation()}>
      {name}
    </TextLink>
  );
}

function AgentLink({ id, name }: { id: string; name: string }) {
  return (
    <TextLink to="/chat/$agentId" params={{ agentId: id }} size="sm" onClick={(event) => event.stopPropagation()}>
      {name}
    </TextLink>
  );
}

function Value({ value }: { value: unknown }) {
  const { t } = useTranslation();
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) {
    return (
      <Text size="sm" c="dimmed">
        {t('audit.empty')}
      </Text>
    );
  }
  if (Array.isArray(value)) {
    return (
      <>
        {value.map((item, index) => (
          <Text key={index} size="sm">
            {asText(item)}
          </Text>
        ))}
      </>
    );
  }
  return (
    <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
      {asText(value)}
    </Text>
  );
}

/** Enough of a UUID to tell two things apart; the whole stands in the export. */
const shortId = 13;

/** With nothing hidden in it: a model or another system may have chosen it. */
const asText = (value: unknown) => visibleText(typeof value === 'string' ? value : JSON.stringify(value));
