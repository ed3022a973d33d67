import { Alert, Badge, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { CircleAlert } from 'lucide-react';
import { useState } from 'react';
import type { SemanticSearchStatus } from '../../../contract/semantic-search.ts';
import { useSentences } from '../../sentences/sentences.ts';
import { useTranslation } from '../../texts/language.ts';
import { QueryState } from '../../ui/query-state.tsx';
import { Section } from '../../ui/section.tsx';
import classes from './knowledge.module.css';
import { semanticSearchQuery } from './knowledge-queries.ts';
import { modelName } from '../../ui/model-name.ts';
import { providerOf } from './model-name.ts';
import { SemanticModelForm } from './semantic-model-form.tsx';
import { useSemanticChoice } from './use-semantic-choice.ts';

/** Whether passages are found by what they mean, by which model, and how far that is. */
export function SemanticSection() {
  const { t } = useTranslation();
  const query = useQuery(semanticSearchQuery);
  const [isChoosing, setChoosing] = useState(false);
  return (
    <Section title={t('knowledge.meaning')} description={t('knowledge.meaningHint')}>
      <QueryState query={query} lines={2}>
        {(status) =>
          status.model === null ? (
            <SemanticModelForm current={null} />
          ) : (
            <Stack gap="md">
              <Standing status={status} model={status.model} isChoosing={isChoosing} onChoose={setChoosing} />
              {isChoosing && <SemanticModelForm current={status.model} onDone={() => setChoosing(false)} />}
            </Stack>
          )
        }
      </QueryState>
    </Section>
  );
}

interface StandingProps {
  status: SemanticSearchStatus;
  model: string;
  isChoosing: boolean;
  onChoose(isChoosing: boolean): void;
}

function Standing({ status, model, isChoosing, onChoose }: StandingProps) {
  const { t } = useTranslation();
  const say = useSentences();
  const { switchOff } = useSemanticChoice();
  const { state, passages, embedded, refused, problem, answering, host } = status;
  const provider = t(`providers.${providerOf(model)}.name`);
  const progress = t('knowledge.meaningProgress', { done: embedded, count: passages });
  return (
    <>
      <div>
        <Group gap={8}>
          <Text fw={550} className={classes.name}>
            {t('knowledge.meaningModel', { model: modelName(model), provider })}
          </Text>
          <Badge size="sm" variant="light" color={colors[state]}>
            {t(`knowledge.meaningStates.${state}`)}
          </Badge>
        </Group>
        <Text size="sm" c="dimmed" mt={2}>
          {[host !== null && t('knowledge.meaningHost', { host }), progress].filter(Boolean).join(' · ')}
        </Text>
        {state === 'embedding' && passages > 0 && (
          <Progress
            size="sm"
            mt={8}
            className={classes.progress}
            value={(100 * embedded) / passages}
            aria-label={progress}
          />
        )}
        {refused > 0 && (
          <Text size="sm" mt={6}>
            {t('knowledge.meaningRefused', { count: refused })}
          </Text>
        )}
        {answering !== model && (state === 'embedding' || state === 'failed') && (
          <Text size="sm" mt={6}>
            {answering === null
              ? t('knowledge.meaningUntilThen')
              : t('knowledge.meaningFormer', {
                  model: modelName(answering),
                  provider: t(`providers.${providerOf(answering)}.name`),
                })}
          </Text>
        )}
      </div>
      {state === 'disconnected' && (
        <Alert variant="light" color="yellow" icon={<CircleAlert size={18} aria-hidden />}>
          {t('knowledge.meaningDisconnected', { provider })}
        </Alert>
      )}
      {problem !== null && state === 'failed' && (
        <Alert variant="light" color="red" icon={<CircleAlert size={18} aria-hidden />}>
          {say(problem)} {t('knowledge.meaningLater')}
        </Alert>
      )}
      <Group gap="sm">
        {!isChoosing && (
          <Button variant="default" onClick={() => onChoose(true)}>
            {t('knowledge.meaningChange')}
          </Button>
        )}
        <Button variant="default" onClick={switchOff}>
          {t('knowledge.meaningOff')}
        </Button>
      </Group>
    </>
  );
}

const colors = { off: 'gray', embedding: 'yellow', ready: 'teal', failed: 'red', disconnected: 'yellow' } as const;
