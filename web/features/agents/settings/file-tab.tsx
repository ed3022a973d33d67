import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from '../../../texts/language.ts';
import type { Agent } from '../../../../contract/agents.ts';
import { call } from '../../../api/client.ts';
import { MarkdownField } from '../../../ui/markdown-field.tsx';
import { messageOf, notifyDone } from '../../../ui/notify.ts';
import { QueryState } from '../../../ui/query-state.tsx';
import { SaveBar } from '../../../ui/save-bar.tsx';
import { Section } from '../../../ui/section.tsx';
import { agentFileQuery, agentKeys } from '../agent-queries.ts';
import { PersonalityPresets } from './personality-presets.tsx';

interface FileTabProps {
  agent: Agent;
  name: 'SOUL.md' | 'AGENTS.md';
}

const maxBytes = 65_536;

/** The editor of an agent's personality or instructions. */
export function FileTab({ agent, name }: FileTabProps) {
  const { t } = useTranslation();
  const query = useQuery(agentFileQuery(agent.id, name));
  return (
    <Section title={t(name === 'SOUL.md' ? 'agents.personality' : 'agents.instructions')}>
      <QueryState query={query} lines={8}>
        {({ content }) => <FileEditor agent={agent} name={name} content={content} />}
      </QueryState>
    </Section>
  );
}

function FileEditor({ agent, name, content }: FileTabProps & { content: string }) {
  const { t, locale } = useTranslation();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState<string | null>(null);
  const text = draft ?? content;
  const save = useMutation({
    mutationFn: () => call('putAgentFile', { params: { id: agent.id, name }, body: { content: text } }),
    onSuccess: (saved) => {
      queryClient.setQueryData(agentKeys.file(agent.id, name), saved);
      setDraft(null);
      notifyDone(t('agents.saved'));
    },
  });
  const bytes = new TextEncoder().encode(text).length;
  const isTooLarge = bytes > maxBytes;
  const size = new Intl.NumberFormat(locale, { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 1 });
  const isPersonality = name === 'SOUL.md';
  return (
    <>
      {isPersonality && <PersonalityPresets text={text} onChoose={setDraft} />}
      <MarkdownField
        label={t(isPersonality ? 'agents.personalityHint' : 'agents.instructionsHint')}
        placeholder={t(isPersonality ? 'agents.personalityPlaceholder' : 'agents.instructionsPlaceholder')}
        value={text}
        onChange={setDraft}
        minRows={14}
        error={
          isTooLarge
            ? t('agents.fileTooLarge', { size: size.format(bytes / 1024) })
            : save.isError
              ? messageOf(save.error)
              : null
        }
      />
      <SaveBar
        dirty={text !== content}
        saving={save.isPending}
        disabled={isTooLarge}
        onSave={() => save.mutate()}
        onDiscard={() => setDraft(null)}
      />
    </>
  );
}
