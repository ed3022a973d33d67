import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { QueryKey, UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from '../../texts/language.ts';
import { MarkdownField } from '../../ui/markdown-field.tsx';
import { messageOf, notifyDone } from '../../ui/notify.ts';
import { QueryState } from '../../ui/query-state.tsx';
import { SaveBar } from '../../ui/save-bar.tsx';
import { Section } from '../../ui/section.tsx';

interface ContextEditorProps {
  title: string;
  hint: string;
  placeholder: string;
  query: UseQueryResult<string>;
  queryKey: QueryKey;
  save: (content: string) => Promise<unknown>;
}

const maxCharacters = 16_000;

/** An editor of a context: the organisation's, or a person's own. */
export function ContextEditor({ title, hint, query, ...rest }: ContextEditorProps) {
  return (
    <Section title={title} description={hint}>
      <QueryState query={query} lines={8}>
        {(content) => <Editor title={title} content={content} {...rest} />}
      </QueryState>
    </Section>
  );
}

type EditorProps = Omit<ContextEditorProps, 'query' | 'hint'> & { content: string };

function Editor({ title, placeholder, queryKey, save, content }: EditorProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState<string | null>(null);
  const text = draft ?? content;
  const saving = useMutation({
    mutationFn: save,
    onSuccess: (_answer, saved) => {
      queryClient.setQueryData(queryKey, saved);
      setDraft(null);
      notifyDone(t('settings.context.saved'));
    },
  });
  return (
    <>
      <MarkdownField
        label={title}
        isLabelHidden
        placeholder={placeholder}
        value={text}
        onChange={setDraft}
        maximum={maxCharacters}
        error={saving.isError ? messageOf(saving.error) : null}
      />
      <SaveBar
        dirty={text !== content}
        saving={saving.isPending}
        disabled={text.length > maxCharacters}
        onSave={() => saving.mutate(text)}
        onDiscard={() => {
          setDraft(null);
          saving.reset();
        }}
      />
    </>
  );
}
