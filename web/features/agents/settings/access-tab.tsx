import { Alert, Checkbox, Radio, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from '../../../texts/language.ts';
import type { Agent } from '../../../../contract/agents.ts';
import { TextLink } from '../../../ui/button-link.tsx';
import { FormAlert } from '../../../ui/form-alert.tsx';
import { messageOf } from '../../../ui/notify.ts';
import { QueryState } from '../../../ui/query-state.tsx';
import { SaveBar } from '../../../ui/save-bar.tsx';
import { ChoiceGroup } from '../../../ui/choice-group.tsx';
import { Section } from '../../../ui/section.tsx';
import { groupsQuery } from '../../settings/groups/group-queries.ts';
import { licenceQuery } from '../../settings/licence/licence-queries.ts';
import { useUpdateAgent } from '../use-update-agent.ts';
import { differing } from './permission-difference.ts';

export function AccessTab({ agent }: { agent: Agent }) {
  const { t } = useTranslation();
  const licence = useQuery(licenceQuery);
  const update = useUpdateAgent(agent.id);
  const [visibility, setVisibility] = useState(agent.visibility);
  const [groupIds, setGroupIds] = useState<readonly string[]>(agent.groupIds);
  const isLicensed = licence.data?.enterprise === true;
  const changedGroups = differing(agent.groupIds, groupIds) > 0;
  const dirty = visibility !== agent.visibility || changedGroups;

  const save = () =>
    update.mutate({
      ...(visibility === agent.visibility ? {} : { visibility }),
      ...(changedGroups ? { groupIds: [...groupIds] } : {}),
    });
  const discard = () => {
    setVisibility(agent.visibility);
    setGroupIds(agent.groupIds);
    update.reset();
  };

  return (
    <>
      <Section title={t('agents.accessTitle')}>
        <QueryState query={licence}>
          {() => (
            <Stack>
              {!isLicensed && (
                <Alert variant="light" color="gray">
                  {t(agent.visibility === 'restricted' ? 'agents.accessLicenceRestricted' : 'agents.accessLicence')}{' '}
                  <TextLink to="/settings" search={{ section: 'licence' }}>
                    {t('agents.accessLicenceAction')}
                  </TextLink>
                </Alert>
              )}
              <ChoiceGroup
                value={visibility}
                onChange={(value) => setVisibility(value as Agent['visibility'])}
                label={t('agents.accessTitle')}
              >
                <Stack gap="sm">
                  <Radio
                    value="all"
                    label={t('agents.accessAll')}
                    description={t('agents.accessAllHint')}
                    disabled={!isLicensed && agent.visibility === 'restricted'}
                  />
                  <Radio
                    value="restricted"
                    label={t('agents.accessRestricted')}
                    description={t('agents.accessRestrictedHint')}
                    disabled={!isLicensed && agent.visibility === 'all'}
                  />
                </Stack>
              </ChoiceGroup>
              {visibility === 'restricted' && isLicensed && <GroupPicker value={groupIds} onChange={setGroupIds} />}
              <FormAlert message={update.isError ? messageOf(update.error) : null} />
            </Stack>
          )}
        </QueryState>
      </Section>
      <SaveBar dirty={dirty} saving={update.isPending} onSave={save} onDiscard={discard} />
    </>
  );
}

function GroupPicker({ value, onChange }: { value: readonly string[]; onChange: (ids: string[]) => void }) {
  const { t } = useTranslation();
  const query = useQuery(groupsQuery);
  // Among dozens those that are chosen would not be seen.
  const [first] = useState(() => new Set(value));
  return (
    <QueryState query={query} lines={2}>
      {(groups) =>
        groups.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('agents.accessNoGroups')}{' '}
            <TextLink to="/settings" search={{ section: 'groups' }}>
              {t('agents.accessNoGroupsAction')}
            </TextLink>
          </Text>
        ) : (
          <Checkbox.Group label={t('agents.accessGroups')} value={[...value]} onChange={onChange}>
            <Stack gap="sm" mt="xs">
              {groups
                .toSorted((one, other) => Number(first.has(other.id)) - Number(first.has(one.id)))
                .map(({ id, name, description }) => (
                  <Checkbox key={id} value={id} label={name} description={description} />
                ))}
            </Stack>
            {value.length === 0 && (
              <Text size="sm" c="dimmed" mt="sm">
                {t('agents.accessNobody')}
              </Text>
            )}
          </Checkbox.Group>
        )
      }
    </QueryState>
  );
}
