import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '../../../texts/language.ts';
import type { Integration } from '../../../../contract/integrations.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { QueryState } from '../../../ui/query-state.tsx';
import { Section } from '../../../ui/section.tsx';
import classes from '../settings.module.css';
import { BackToNewAgent } from './back-to-new-agent.tsx';
import { ConnectionDialog } from './connection-dialog.tsx';
import { integrationsQuery } from './integration-queries.ts';
import { IntegrationRow } from './integration-row.tsx';

/** The connections to other systems. */
export function IntegrationsSection() {
  const { t } = useTranslation();
  const query = useQuery(integrationsQuery);
  /** What the dialog is about; null for a new connection. */
  const [edited, setEdited] = useState<Integration | null>();
  const add = (
    <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => setEdited(null)}>
      {t('integrations.add')}
    </Button>
  );
  const isEmpty = query.data?.length === 0;
  const { template } = useSearch({ from: '/shell/settings' });
  return (
    <>
      {template && <BackToNewAgent templateId={template} />}
      <Section title={t('integrations.title')} description={t('integrations.hint')} actions={!isEmpty && add}>
        <QueryState query={query}>
          {(connections) =>
            connections.length === 0 ? (
              <EmptyState picture="connections" action={add}>
                {t('integrations.none')}
              </EmptyState>
            ) : (
              <ul className={classes.list}>
                {connections.map((connection) => (
                  <IntegrationRow key={connection.id} connection={connection} onEdit={() => setEdited(connection)} />
                ))}
              </ul>
            )
          }
        </QueryState>
        {edited !== undefined && <ConnectionDialog connection={edited} onClose={() => setEdited(undefined)} />}
      </Section>
    </>
  );
}
