import { Select, Stack, TagsInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { KnowledgeSettings } from '../../../contract/knowledge.ts';
import { call } from '../../api/client.ts';
import { useTranslation } from '../../texts/language.ts';
import { FormAlert } from '../../ui/form-alert.tsx';
import { messageOf, notifyDone } from '../../ui/notify.ts';
import { QueryState } from '../../ui/query-state.tsx';
import { SaveBar } from '../../ui/save-bar.tsx';
import { Section } from '../../ui/section.tsx';
import { rankingQuery } from './knowledge-queries.ts';

/** How far what lies in an archive, or has a later edition, ranks below the rest. */
export function RankingSection() {
  const { t } = useTranslation();
  const query = useQuery(rankingQuery);
  return (
    <Section title={t('knowledge.ranking')} description={t('knowledge.rankingHint')}>
      <QueryState query={query} lines={4}>
        {(settings) => <RankingForm settings={settings} />}
      </QueryState>
    </Section>
  );
}

function RankingForm({ settings }: { settings: KnowledgeSettings }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState<KnowledgeSettings | null>(null);
  const values = draft ?? settings;
  const saving = useMutation({
    mutationFn: (body: KnowledgeSettings) => call('putKnowledgeSettings', { body }),
    onSuccess: (saved) => {
      queryClient.setQueryData(rankingQuery.queryKey, saved);
      setDraft(null);
      notifyDone(t('knowledge.rankingSaved'));
    },
  });
  const change = (changes: Partial<KnowledgeSettings>) => setDraft({ ...values, ...changes });
  return (
    <>
      <Stack gap="lg">
        <TagsInput
          label={t('knowledge.archiveFolders')}
          description={t('knowledge.archiveFoldersHint')}
          value={values.archiveFolders}
          onChange={(archiveFolders) => change({ archiveFolders })}
          maxTags={100}
          splitChars={[',', ';']}
          acceptValueOnBlur
          clearable
          clearButtonProps={{ 'aria-label': t('knowledge.archiveFoldersClear') }}
        />
        <Weight
          label={t('knowledge.archivedWeight')}
          value={values.archivedWeight}
          onChange={(archivedWeight) => change({ archivedWeight })}
        />
        <Weight
          label={t('knowledge.supersededWeight')}
          value={values.supersededWeight}
          onChange={(supersededWeight) => change({ supersededWeight })}
        />
        <FormAlert message={saving.isError ? messageOf(saving.error) : null} />
      </Stack>
      <SaveBar
        dirty={JSON.stringify(values) !== JSON.stringify(settings)}
        saving={saving.isPending}
        onSave={() => saving.mutate(values)}
        onDiscard={() => {
          setDraft(null);
          saving.reset();
        }}
      />
    </>
  );
}

interface WeightProps {
  label: string;
  /** A share of 1. */
  value: number;
  onChange: (value: number) => void;
}

const offered = [100, 90, 80, 70, 60, 50, 40, 30, 20, 10];

/** In percent, as people think of shares; one that was set otherwise is offered too. */
function Weight({ label, value, onChange }: WeightProps) {
  const { t } = useTranslation();
  const percent = Math.round(value * 100);
  const percents = offered.includes(percent) ? offered : [...offered, percent].sort((a, b) => b - a);
  return (
    <Select
      label={label}
      data={percents.map((each) => ({
        value: String(each),
        label: each === 100 ? t('knowledge.weightFull') : t('knowledge.weight', { percent: each }),
      }))}
      value={String(percent)}
      onChange={(chosen) => onChange(Number(chosen ?? percent) / 100)}
      allowDeselect={false}
    />
  );
}
