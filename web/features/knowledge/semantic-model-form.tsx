import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { EmbeddingModelChoice } from '../../../contract/semantic-search.ts';
import { useTranslation } from '../../texts/language.ts';
import { QueryState } from '../../ui/query-state.tsx';
import { embeddingModelsQuery } from './knowledge-queries.ts';
import { useLeavingText, useSemanticChoice } from './use-semantic-choice.ts';

interface SemanticModelFormProps {
  /** What is chosen now. */
  current: string | null;
  /** Called when another one is chosen, or none. */
  onDone?: () => void;
}

/** The models that can be chosen, each with what would leave the house. */
export function SemanticModelForm(props: SemanticModelFormProps) {
  const { t } = useTranslation();
  const query = useQuery(embeddingModelsQuery);
  return (
    <QueryState query={query} lines={2}>
      {(models) =>
        models.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('knowledge.meaningNoModels')}
          </Text>
        ) : (
          <Choice models={models} {...props} />
        )
      }
    </QueryState>
  );
}

function Choice({ models, current, onDone }: SemanticModelFormProps & { models: EmbeddingModelChoice[] }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string | null>(null);
  const { choose } = useSemanticChoice();
  const leavingText = useLeavingText();
  const model = models.find(({ id }) => id === chosen);
  const groups = [...Map.groupBy(models, ({ provider }) => provider)].map(([provider, offered]) => ({
    group: t(`providers.${provider}.name`),
    items: offered.map(({ id, displayName }) => ({ value: id, label: displayName, disabled: id === current })),
  }));
  return (
    <Stack gap="sm">
      <Group align="flex-end" gap="sm">
        <Select
          label={t('knowledge.meaningChoose')}
          placeholder={t('knowledge.meaningPlaceholder')}
          data={groups}
          value={chosen}
          onChange={setChosen}
          searchable
          flex="1 1 240px"
          maw={420}
        />
        <Button disabled={!model} onClick={() => model && choose(model, current !== null, onDone)}>
          {t(current === null ? 'knowledge.meaningOn' : 'knowledge.meaningSwitch')}
        </Button>
        {onDone && (
          <Button variant="default" onClick={onDone}>
            {t('common.cancel')}
          </Button>
        )}
      </Group>
      {model && <Text size="sm">{leavingText(model)}</Text>}
      {!model && current === null && <Text size="sm">{t('knowledge.meaningNothingLeaves')}</Text>}
    </Stack>
  );
}
