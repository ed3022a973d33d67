import { Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from '../../../texts/language.ts';
import type { Integration, IntegrationType } from '../../../../contract/integrations.ts';
import { ChoiceGroup } from '../../../ui/choice-group.tsx';
import { ChoiceCard } from '../../../ui/choice-card.tsx';
import { FormModal } from '../../../ui/form-modal.tsx';
import { ConnectionForm } from './connection-form.tsx';
import classes from './integrations.module.css';

const types: readonly IntegrationType[] = ['odoo', 'web-search'];

interface ConnectionDialogProps {
  /** Null for a new one. */
  connection: Integration | null;
  onClose: () => void;
}

export function ConnectionDialog({ connection, onClose }: ConnectionDialogProps) {
  const { t } = useTranslation();
  const [type, setType] = useState<IntegrationType>(connection?.type ?? 'odoo');
  return (
    <FormModal
      opened
      onClose={onClose}
      size="lg"
      closeOnClickOutside={false}
      title={connection ? t('integrations.editTitle', { name: connection.name }) : t('integrations.addTitle')}
    >
      <Stack>
        {!connection && (
          <ChoiceGroup
            label={t('integrations.type')}
            value={type}
            onChange={(value) => setType(value as IntegrationType)}
          >
            <div className={classes.types}>
              {types.map((value) => (
                <ChoiceCard
                  key={value}
                  value={value}
                  title={t(`integrations.types.${value}`)}
                  description={t(`integrations.typeHints.${value}`)}
                />
              ))}
            </div>
          </ChoiceGroup>
        )}
        <ConnectionForm key={type} type={type} connection={connection} onClose={onClose} />
      </Stack>
    </FormModal>
  );
}
