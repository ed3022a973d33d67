import { Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Fragment, type ReactElement } from 'react';
import { useTranslation } from '../../../texts/language.ts';
import { useOpenedAfterMount } from '../../../ui/menu-on-demand.tsx';
import { modelsQuery } from '../../agents/agent-queries.ts';
import { providerOrder } from '../../settings/providers/provider-order.ts';

interface ModelMenuProps {
  target: ReactElement;
  onChoose: (model: string) => void;
}

/** The models that can answer in place of the agent's, by provider. */
export default function ModelMenu({ target, onChoose }: ModelMenuProps) {
  const { t } = useTranslation();
  const menu = useOpenedAfterMount();
  const { data: models = [] } = useQuery(modelsQuery);
  const groups = providerOrder
    .map((provider) => ({ provider, offered: models.filter((model) => model.provider === provider) }))
    .filter(({ offered }) => offered.length > 0);
  return (
    <Menu {...menu} position="bottom-start" withInitialFocusPlaceholder={false}>
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
        {groups.map(({ provider, offered }) => (
          <Fragment key={provider}>
            <Menu.Label>{t('chat.branches.withModel', { provider: t(`providers.${provider}.name`) })}</Menu.Label>
            {offered.map(({ id, displayName }) => (
              <Menu.Item key={id} onClick={() => onChoose(id)}>
                {displayName}
              </Menu.Item>
            ))}
          </Fragment>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
